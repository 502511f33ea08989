package io.kairos.test.conformance;

import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.core.link.destination.RatchetPeek;
import io.kairos.lib.bytes.Hashes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rotating keys of destinations, one's own and those heard of. */
final class WireRatchets implements Commands.Family {

    private static final int ID = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WireNodes nodes;

    WireRatchets(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_read_ratchets", this::read)
                .add("wire_rotate_ratchet", this::rotate)
                .add("wire_set_ratchet_interval", this::interval)
                .add("wire_set_retained_ratchets", this::retained)
                .add("wire_ratchet_file_roundtrip", this::roundTrip)
                .add("wire_destination_latest_ratchet_id", this::latest)
                .add("wire_destination_decrypt", this::decrypt)
                .add("wire_get_adopted_ratchet", this::adopted)
                .add("wire_encrypt_to_remote", this::encryptToRemote);
    }

    /** What the suite calls the id of a ratchet: the beginning of the hash of its public key. */
    static byte[] id(byte[] publicKey) {
        return Arrays.copyOf(Hashes.sha256(publicKey), ID);
    }

    static void rotatedAgo(WireListener listener, double seconds) {
        new RatchetPeek(listener.destination()).rotatedAgo(Math.round(seconds * 1e9));
    }

    /** The newest ratchet after everything before it has been done. */
    static byte[] current(WireNode node, WireListener listener) {
        return ids(node, listener).stream().findFirst().orElse(null);
    }

    static List<byte[]> ids(WireNode node, WireListener listener) {
        return new RatchetPeek(listener.destination())
                .publicKeys(node.node.suite()).stream().map(WireRatchets::id).toList();
    }

    static Answer told(Answer answer, WireNode node, WireListener listener) {
        RatchetPeek peek = new RatchetPeek(listener.destination());
        Until.holds(PATIENCE, () -> !peek.privateKeys().isEmpty());
        return answer.and(
                        "ratchets_enabled",
                        listener.destination().settings().ratchets().isPresent())
                .and("current_ratchet_id", current(node, listener))
                .and("ratchet_count", peek.privateKeys().size());
    }

    private Map<String, Object> read(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        RatchetPeek peek = new RatchetPeek(listener.destination());
        List<byte[]> ids = ids(node, listener);
        return Answer.with("ratchet_count", ids.size())
                .and("current_ratchet_id", ids.stream().findFirst())
                .and("previous_ratchet_id", ids.stream().skip(1).findFirst())
                .and("ratchet_interval", peek.settings().interval().toSeconds())
                .and("retained_ratchets", peek.settings().retained())
                .and("latest_ratchet_id", null)
                .and("latest_ratchet_time", null)
                .map();
    }

    private Map<String, Object> rotate(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        RatchetPeek peek = new RatchetPeek(listener.destination());
        List<byte[]> before = ids(node, listener);
        p.optionalDecimal("last_rotation_ago_s").ifPresent(seconds -> rotatedAgo(listener, seconds));
        peek.announced();
        List<byte[]> after = ids(node, listener);
        return Answer.with("rotated", after.size() > before.size())
                .and("before_count", before.size())
                .and("after_count", after.size())
                .and("before_current_id", before.stream().findFirst())
                .and("current_ratchet_id", after.stream().findFirst())
                .and("previous_ratchet_id", after.stream().skip(1).findFirst())
                .and("ratchet_interval", peek.settings().interval().toSeconds())
                .and("latest_ratchet_time", null)
                .map();
    }

    private Map<String, Object> interval(Parameters p) {
        RatchetPeek peek = new RatchetPeek(nodes.of(p).listener(p).destination());
        DestinationSettings.Ratchets old = peek.settings();
        long seconds = p.number("seconds");
        if (seconds > 0) {
            peek.settings(
                    new DestinationSettings.Ratchets(Duration.ofSeconds(seconds), old.retained(), old.enforced()));
        }
        return Answer.with("ok", seconds > 0)
                .and("ratchet_interval", peek.settings().interval().toSeconds())
                .map();
    }

    /** Asks the product whether it would open a destination that keeps so many. */
    private Map<String, Object> retained(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        RatchetPeek peek = new RatchetPeek(listener.destination());
        DestinationSettings.Ratchets old = peek.settings();
        DestinationSettings.Ratchets wanted =
                new DestinationSettings.Ratchets(old.interval(), (int) p.number("n"), old.enforced());
        boolean taken;
        try {
            node.node
                    .endpoints()
                    .open(DestinationSettings.single("kairos.retained", node.newIdentity())
                            .withRatchets(wanted))
                    .close();
            peek.settings(wanted);
            taken = true;
        } catch (io.kairos.api.failure.MeshException refused) {
            taken = false;
        }
        p.optionalNumber("pad_to").ifPresent(count -> peek.rotate(count.intValue()));
        return Answer.with("ok", taken)
                .and("retained_ratchets", peek.settings().retained())
                .and("ratchet_count", peek.privateKeys().size())
                .and("ratchet_count_cap", DestinationSettings.Ratchets.DEFAULT.retained())
                .map();
    }

    private Map<String, Object> roundTrip(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        RatchetPeek peek = new RatchetPeek(listener.destination());
        List<byte[]> before = peek.privateKeys();
        List<byte[]> after = peek.stored();
        boolean same = before.size() == after.size();
        for (int i = 0; same && i < after.size(); i++) {
            same = Arrays.equals(before.get(i), after.get(i));
        }
        return Answer.with(
                        "ratchets_path_set",
                        peek.document()
                                .filter(name -> node.node.store().read(name).isPresent())
                                .isPresent())
                .and("reload_ok", !after.isEmpty())
                .and("ratchet_count_before", before.size())
                .and("ratchet_count_after", after.size())
                .and("roundtrip_match", same)
                .and(
                        "ratchet_ids",
                        after.stream()
                                .map(key -> id(node.node.suite().keyAgreement().publicKey(key)))
                                .toList())
                .map();
    }

    private Map<String, Object> latest(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        byte[] plaintext = p.optionalBytes("data").orElse(new byte[] {1, 2, 3});
        byte[] newest = new RatchetPeek(listener.destination())
                .publicKeys(node.node.suite())
                .get(0);
        byte[] sealed =
                node.node.suite().encrypt(newest, listener.identity.hash().toBytes(), plaintext);
        Optional<Decrypted> opened = open(node, listener, sealed);
        List<byte[]> ids = ids(node, listener);
        Optional<byte[]> used = opened.map(decrypted -> ids.get(decrypted.keyIndex()));
        return Answer.with("decrypted", opened.isPresent())
                .and("plaintext", opened.map(Decrypted::plaintext))
                .and("latest_ratchet_id", used)
                .and("encrypt_ratchet_id", id(newest))
                .and("current_ratchet_id", ids.get(0))
                .and("match", used.filter(key -> Arrays.equals(key, id(newest))).isPresent())
                .and("ratchet_count", ids.size())
                .map();
    }

    private static Optional<Decrypted> open(WireNode node, WireListener listener, byte[] sealed) {
        return Optional.ofNullable(node.node
                .suite()
                .decrypt(
                        new RatchetPeek(listener.destination()).privateKeys(),
                        listener.identity.hash().toBytes(),
                        sealed));
    }

    private Map<String, Object> decrypt(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener listener = node.listener(p);
        byte[] sealed = p.bytes("ciphertext");
        Optional<Decrypted> byRatchet = open(node, listener, sealed);
        Optional<byte[]> plaintext =
                byRatchet.map(Decrypted::plaintext).or(() -> listener.identity.decrypt(sealed, List.of(), false));
        return Answer.with("decrypted", plaintext.isPresent())
                .and("plaintext", plaintext)
                .and(
                        "latest_ratchet_id",
                        byRatchet.map(opened -> ids(node, listener).get(opened.keyIndex())))
                .map();
    }

    private Map<String, Object> adopted(Parameters p) {
        Optional<byte[]> ratchet = known(p).flatMap(KnownDestination::ratchet);
        return Answer.with("found", ratchet.isPresent())
                .and("ratchet_public", ratchet)
                .and("ratchet_id", ratchet.map(WireRatchets::id))
                .map();
    }

    private Optional<KnownDestination> known(Parameters p) {
        return nodes.only(p).node.router().knownDestinations().recall(p.destination("destination_hash"));
    }

    private Map<String, Object> encryptToRemote(Parameters p) {
        KnownDestination known = known(p).orElseThrow();
        Optional<byte[]> ratchet = p.flag("use_ratchet", true) ? known.ratchet() : Optional.empty();
        byte[] key = ratchet.orElseGet(() -> known.identity().encryptionKey());
        byte[] sealed =
                nodes.only(p).node.suite().encrypt(key, known.identity().hash().toBytes(), p.bytesOrNone("plaintext"));
        return Answer.with("ciphertext", sealed)
                .and("used_ratchet", ratchet.isPresent())
                .and("ratchet_id", ratchet.map(WireRatchets::id))
                .and("ratchet_public", ratchet)
                .map();
    }

    /** Decrypts with an identity that is given with its keys. */
    static Optional<byte[]> decrypt(LocalIdentity identity, byte[] sealed, List<byte[]> ratchets, boolean enforced) {
        return identity.decrypt(sealed, ratchets, enforced);
    }
}
