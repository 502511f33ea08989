package io.kairos.test.conformance;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.PacketType;
import io.kairos.core.router.announce.AnnounceCheck;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Announces that arrive as frames on an interface: whole, cut, masked or not. */
final class WireFrames implements Commands.Family {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final WireNodes nodes;

    WireFrames(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_raw_frame", this::frame).add("wire_known_key_validate", this::knownKey);
    }

    /** An announce of a destination that is not here any more. */
    private record Stranger(LocalIdentity identity, DestinationHash destination, byte[] announce) {}

    private static Stranger stranger(WireNode node, LocalIdentity identity, String fullName)
            throws InterruptedException {
        BlockingQueue<byte[]> left = new LinkedBlockingQueue<>();
        try (LocalDestination destination =
                node.node.endpoints().open(DestinationSettings.single(fullName, identity))) {
            node.node.tap().listen((raw, length) -> {
                if (PacketBytes.type(raw, 0) == PacketType.ANNOUNCE.bits()
                        && PacketBytes.destination(raw, 0).equals(destination.address())) {
                    left.add(Arrays.copyOf(raw, length));
                }
            });
            destination.announce(Optional.empty());
            byte[] announce = left.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return new Stranger(identity, destination.address(), announce);
        } finally {
            node.node.tap().listen((raw, length) -> {});
        }
    }

    /** The interface that frames come in over: with a code where one is asked for. */
    private static Port port(WireNode node, boolean closed) {
        return Arrays.stream(node.node.router().parts().ports().all())
                .filter(port -> (port.gate() != null) == closed)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such interface"));
    }

    private Map<String, Object> frame(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        String variant = p.text("variant");
        if (variant.equals("inject_external")) {
            return injected(node, port(node, false), p.bytes("raw"), p.destination("dest_hash"))
                    .map();
        }
        Stranger stranger = stranger(node, node.newIdentity(), "rawframe.inject");
        byte[] announce = stranger.announce();
        return switch (variant) {
            case "plain_on_open" ->
                injected(node, port(node, false), announce, stranger.destination())
                        .map();
            case "min_short" ->
                injected(
                                node,
                                port(node, false),
                                Arrays.copyOf(announce, (int) p.number("trim_to", 2)),
                                stranger.destination())
                        .map();
            case "plain_on_ifac" ->
                injected(node, port(node, true), announce, stranger.destination())
                        .map();
            default -> masked(node, variant, stranger);
        };
    }

    private static Map<String, Object> masked(WireNode node, String variant, Stranger stranger) {
        Port port = port(node, true);
        int size = port.gate().size();
        byte[] sealed = port.gate().seal(stranger.announce(), 0, stranger.announce().length);
        Answer answer = switch (variant) {
            case "masked_full" -> injected(node, port, sealed, stranger.destination());
            case "masked_short" -> injected(node, port, Arrays.copyOf(sealed, 2 + size), stranger.destination());
            case "build_masked" ->
                Answer.with("dest_hash", stranger.destination())
                        .and("raw", sealed)
                        .and("frame_len", sealed.length);
            default -> throw new IllegalArgumentException("unknown variant " + variant);
        };
        return answer.and("ifac_size", size).map();
    }

    private static Answer injected(WireNode node, Port port, byte[] frame, DestinationHash destination) {
        port.received(ByteBuffer.wrap(frame.clone()));
        port.endOfBurst();
        return Answer.with("dest_hash", destination)
                .and("frame_len", frame.length)
                .and("learned", Until.holds(A_MOMENT, () -> isLearned(node, destination)));
    }

    private static boolean isLearned(WireNode node, DestinationHash destination) {
        return node.node.router().pathTable().find(destination).isPresent();
    }

    private static Announce decoded(byte[] packet) {
        return AnnounceCodec.decode(Arrays.copyOfRange(packet, PacketBytes.SHORT_HEADER, packet.length), false);
    }

    /** What another key that is known for a destination does to its announce. */
    private Map<String, Object> knownKey(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        String plant = p.text("plant", "mismatch");
        Stranger stranger = stranger(node, node.newIdentity(), p.fullName());
        Optional<Stranger> planted = switch (plant) {
            case "mismatch" -> Optional.of(stranger(node, node.newIdentity(), p.fullName()));
            case "match" -> Optional.of(stranger);
            default -> Optional.empty();
        };
        planted.ifPresent(other -> node.node
                .router()
                .parts()
                .known()
                .store(
                        stranger.destination(),
                        Hashes.identity(other.identity().publicIdentity().toBytes()),
                        decoded(other.announce())));
        AnnounceCheck check =
                (AnnounceCheck) Inside.get(node.node.router().parts().desk(), "check");
        Announce announce = decoded(stranger.announce());
        boolean valid = check.signature(stranger.destination(), announce).isEmpty()
                && check.belongs(stranger.destination(), announce);
        return Answer.with("validated", valid)
                .and("destination_hash", stranger.destination())
                .and("public_key", stranger.identity().publicIdentity().toBytes())
                .and(
                        "planted_public_key",
                        planted.map(other -> other.identity().publicIdentity().toBytes()))
                .and("plant", plant)
                .map();
    }
}
