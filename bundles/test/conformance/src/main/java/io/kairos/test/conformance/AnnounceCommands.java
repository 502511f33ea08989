package io.kairos.test.conformance;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketType;
import io.kairos.core.router.SignatureCheck;
import io.kairos.core.router.announce.AnnounceCheck;
import io.kairos.core.router.known.Blackhole;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Announces, as a node sends and judges them. */
final class AnnounceCommands implements Commands.Family {

    @Override
    public void addTo(Commands commands) {
        commands.add("announce_build", AnnounceCommands::build).add("announce_validate", AnnounceCommands::validate);
    }

    /** A node of its own, at the wanted time, announces; what leaves it is the answer. */
    private static Map<String, Object> build(Parameters p) {
        LocalIdentity identity = Identities.of(p.bytes("private_key"));
        DestinationSettings settings = DestinationSettings.single(p.fullName(), identity);
        boolean ratchets = p.flag("enable_ratchets", false);
        byte[] raw = announced(
                ratchets ? settings.withRatchets(DestinationSettings.Ratchets.DEFAULT) : settings,
                p.optionalDecimal("emission_ts").map(seconds -> (long) (seconds * 1000)),
                p.optionalBytes("app_data"));
        byte[] payload = payload(raw);
        Announce announce = AnnounceCodec.decode(payload, hasRatchet(raw));
        return Answer.with("raw", raw)
                .and("destination_hash", PacketBytes.destination(raw, 0))
                .and("announce_data", payload)
                .and("public_key", announce.publicKeys())
                .and("name_hash", announce.nameHash())
                .and("random_hash", announce.randomBlob())
                .and("ratchet", announce.ratchet().orElse(new byte[0]))
                .and("signature", announce.signature())
                .and("app_data", announce.appData())
                .and("has_ratchet", announce.hasRatchet())
                .map();
    }

    /** The announce of a destination, as it leaves its node. */
    static byte[] announced(DestinationSettings settings, Optional<Long> atMillis, Optional<byte[]> appData) {
        return announced(settings, destination -> {}, atMillis, appData);
    }

    /** The same for a destination that is prepared first. */
    static byte[] announced(
            DestinationSettings settings,
            Consumer<LocalDestination> prepare,
            Optional<Long> atMillis,
            Optional<byte[]> appData) {
        try (BridgeNode node =
                new BridgeNode(NodeSettings.stepped(Optional.empty(), false).at(atMillis))) {
            MockInterface medium = MockInterface.plain("out");
            node.attach(medium);
            LocalDestination destination = node.endpoints().open(settings);
            prepare.accept(destination);
            destination.announce(appData);
            node.settle();
            return medium.drain().stream()
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing was announced"));
        }
    }

    private static Map<String, Object> validate(Parameters p) {
        byte[] raw = p.bytes("raw");
        if (!PacketBytes.isWellFormed(raw, 0, raw.length)) {
            return Answer.with("valid", false).and("error", "unpack_failed").map();
        }
        if (PacketBytes.type(raw, 0) != PacketType.ANNOUNCE.bits()) {
            return Answer.with("valid", false).and("error", "not_an_announce").map();
        }
        Announce announce;
        DestinationHash destination = PacketBytes.destination(raw, 0);
        try {
            announce = AnnounceCodec.decode(payload(raw), hasRatchet(raw));
        } catch (MalformedException e) {
            return Answer.with("valid", false)
                    .and("destination_hash", destination)
                    .and("has_ratchet", hasRatchet(raw))
                    .map();
        }
        Answer answer = Answer.with("valid", isValid(destination, announce))
                .and("destination_hash", destination)
                .and("has_ratchet", announce.hasRatchet());
        announce.ratchet().ifPresent(ratchet -> answer.and("ratchet", ratchet));
        return answer.map();
    }

    /** Both stages of the router's own check, of a node that has heard of nobody. */
    private static boolean isValid(DestinationHash destination, Announce announce) {
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            AnnounceCheck check = new AnnounceCheck(
                    new SignatureCheck(() -> Optional.of(node.suite())),
                    new Blackhole(node.clock(), identity -> {}, () -> {}),
                    node.router().parts().known());
            return check.signature(destination, announce).isEmpty() && check.belongs(destination, announce);
        }
    }

    private static boolean hasRatchet(byte[] raw) {
        return (raw[0] & PacketBytes.CONTEXT_FLAG) != 0;
    }

    private static byte[] payload(byte[] raw) {
        return Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length);
    }
}
