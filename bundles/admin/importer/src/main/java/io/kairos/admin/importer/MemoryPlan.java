package io.kairos.admin.importer;

import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.store.Store;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What becomes of what a node remembers: known destinations, ratchets, refused identities. Used once. */
final class MemoryPlan {

    private static final int LARGEST_KNOWN = 64 << 20;
    private static final int LARGEST_RATCHETS = 1 << 20;
    private static final long RATCHET_MILLIS = 30L * 86_400_000;
    private static final String HEX = "[0-9a-f]{32}";

    private final OldFolder folder;
    private final KnownDestinations known;
    private final Store store;
    private final CryptoSuite suite;
    private final IdentityHash own;
    private final long nowMillis;

    MemoryPlan(
            OldFolder folder,
            KnownDestinations known,
            Store store,
            CryptoSuite suite,
            IdentityHash own,
            long nowMillis) {
        this.folder = folder;
        this.known = known;
        this.store = store;
        this.suite = suite;
        this.own = own;
        this.nowMillis = nowMillis;
    }

    /** @param signers Ed25519 public keys that may have signed ratchets; by identity */
    List<Step> steps(Map<IdentityHash, byte[]> signers, Set<String> blackholeSources) {
        List<Step> steps = new ArrayList<>();
        folder.file("storage/known_destinations").ifPresent(file -> steps.add(known(file)));
        folder.ending(".ratchets").forEach(file -> steps.add(ownRatchets(file, signers)));
        folder.filesIn("storage/blackhole").forEach(file -> steps.add(blackhole(file, blackholeSources)));
        return steps;
    }

    private Step known(Path file) {
        String source = folder.shown(file);
        try {
            Optional<byte[]> bytes = OldFolder.read(file, LARGEST_KNOWN);
            if (bytes.isEmpty()) {
                return Step.told(source, "", Result.LEFT_OUT, "longer than 64 MiB");
            }
            List<KnownFile.Entry> entries = KnownFile.read(bytes.get());
            Map<String, byte[]> ratchets = receivedRatchets();
            List<KnownFile.Entry> news = entries.stream()
                    .filter(entry ->
                            known.peek(DestinationHash.of(entry.destination())).isEmpty())
                    .toList();
            String target = "%d known destinations, %d of them with a ratchet"
                    .formatted(
                            news.size(),
                            news.stream()
                                    .filter(entry -> ratchets.containsKey(hex(entry)))
                                    .count());
            return news.isEmpty()
                    ? Step.told(source, "known destinations", Result.PRESENT, "")
                    : Step.planned(source, target, "", () -> news.forEach(entry -> learn(entry, ratchets)));
        } catch (MalformedException e) {
            return Step.told(source, "", Result.LEFT_OUT, "the file is damaged: " + e.getMessage());
        }
    }

    private void learn(KnownFile.Entry entry, Map<String, byte[]> ratchets) {
        PublicIdentity identity = PublicIdentity.of(entry.publicKeys(), Hashes.identity(entry.publicKeys()));
        known.learn(
                new KnownDestination(
                        DestinationHash.of(entry.destination()),
                        identity,
                        entry.appData(),
                        Optional.ofNullable(ratchets.get(hex(entry))),
                        entry.heardMillis()),
                entry.isKept());
    }

    private static String hex(KnownFile.Entry entry) {
        return DestinationHash.of(entry.destination()).toHex();
    }

    private Map<String, byte[]> receivedRatchets() {
        Map<String, byte[]> ratchets = new HashMap<>();
        for (Path file : folder.filesIn("storage/ratchets")) {
            String name = file.getFileName().toString();
            if (name.matches(HEX)) {
                OldFolder.read(file, 1_024)
                        .flatMap(bytes -> KnownFile.ratchet(bytes, nowMillis - RATCHET_MILLIS))
                        .ifPresent(key -> ratchets.put(name, key));
            }
        }
        return ratchets;
    }

    /** Own ratchets are kept in the same form here; a file that nobody of us signed would be refused when it is used. */
    private Step ownRatchets(Path file, Map<IdentityHash, byte[]> signers) {
        String source = folder.shown(file);
        String name = file.getFileName().toString().replace(".ratchets", "");
        if (!name.matches(HEX)) {
            return Step.told(source, "", Result.LEFT_OUT, "its name is not the hash of a destination");
        }
        Optional<byte[]> bytes = OldFolder.read(file, LARGEST_RATCHETS);
        if (bytes.isEmpty() || !isSigned(bytes.get(), signers)) {
            return Step.told(source, "", Result.LEFT_OUT, "none of the identities here has signed it");
        }
        String document = "ratchets/own/" + name;
        if (store.read(document).isPresent()) {
            return Step.told(source, "store/" + document, Result.PRESENT, "");
        }
        byte[] content = bytes.get();
        return Step.planned(source, "store/" + document, "", () -> store.write(document, content));
    }

    private boolean isSigned(byte[] file, Map<IdentityHash, byte[]> signers) {
        try {
            return MessagePack.unpack(file) instanceof Map<?, ?> map
                    && map.get("ratchets") instanceof byte[] packed
                    && map.get("signature") instanceof byte[] signature
                    && signers.values().stream().anyMatch(key -> suite.signer().verify(key, packed, signature));
        } catch (MalformedException e) {
            return false;
        }
    }

    private Step blackhole(Path file, Set<String> sources) {
        String source = folder.shown(file);
        String name = file.getFileName().toString();
        if (!name.equals("local") && !sources.contains(name)) {
            return Step.told(source, "", Result.LEFT_OUT, "its source is not among blackhole_sources");
        }
        try {
            Object list = OldFolder.read(file, LARGEST_KNOWN)
                    .map(MessagePack::unpack)
                    .orElseThrow(() -> new MalformedException("too long"));
            List<Blackholed> news = entries(list).stream()
                    .map(entry -> name.equals("local") ? asOurs(entry) : entry)
                    .filter(entry -> !known.isBlackholed(entry.identity()))
                    .toList();
            return news.isEmpty()
                    ? Step.told(source, "refused identities", Result.PRESENT, "")
                    : Step.planned(
                            source, news.size() + " refused identities", "", () -> news.forEach(known::blackhole));
        } catch (MalformedException e) {
            return Step.told(source, "", Result.LEFT_OUT, "the file is damaged: " + e.getMessage());
        }
    }

    /** What that node's operator refused is refused by this node's operator from now on. */
    private Blackholed asOurs(Blackholed entry) {
        return new Blackholed(entry.identity(), own, entry.untilMillis(), entry.reason());
    }

    private List<Blackholed> entries(Object list) {
        List<Blackholed> entries = new ArrayList<>();
        if (!(list instanceof Map<?, ?> map)) {
            throw new MalformedException("no map");
        }
        map.forEach((key, value) -> {
            if (key instanceof ByteBuffer hash
                    && hash.remaining() == IdentityHash.LENGTH
                    && value instanceof Map<?, ?> details
                    && details.get("source") instanceof byte[] source
                    && source.length == IdentityHash.LENGTH) {
                byte[] identity = new byte[IdentityHash.LENGTH];
                hash.duplicate().get(identity);
                Optional<Long> until = details.get("until") instanceof Number seconds
                        ? Optional.of((long) (seconds.doubleValue() * 1000))
                        : Optional.empty();
                if (until.isEmpty() || until.get() > nowMillis) {
                    Optional<String> reason = Optional.ofNullable(
                            details.get("reason") instanceof String text
                                    ? text.substring(0, Math.min(256, text.length()))
                                    : null);
                    entries.add(new Blackholed(IdentityHash.of(identity), IdentityHash.of(source), until, reason));
                }
            }
        });
        return entries;
    }
}
