package io.kairos.test.conformance;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** PLAIN destinations: what is sent to one is seen as it leaves, what comes to one as its program gets it. */
final class WirePlain implements Commands.Family {

    private static final long PATIENCE_SECONDS = 5;

    private final WireNodes nodes;

    WirePlain(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_plain_encrypt", this::send).add("wire_plain_decrypt", this::receive);
    }

    private Map<String, Object> send(Parameters p) {
        WireNode node = nodes.of(p);
        byte[] plaintext = p.bytesOrNone("plaintext");
        BlockingQueue<byte[]> left = new LinkedBlockingQueue<>();
        node.node.tap().listen((raw, length) -> left.add(Arrays.copyOfRange(raw, PacketBytes.SHORT_HEADER, length)));
        node.node.endpoints().sendPlain(p.fullName(), plaintext);
        node.node.tap().listen((raw, length) -> {});
        byte[] sent = left.remove();
        return Answer.with("ciphertext", sent)
                .and("passthrough", Arrays.equals(sent, plaintext))
                .map();
    }

    private Map<String, Object> receive(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        byte[] payload = p.bytesOrNone("ciphertext");
        BlockingQueue<byte[]> got = new LinkedBlockingQueue<>();
        try (LocalDestination plain = node.node.endpoints().open(DestinationSettings.plain(p.fullName()))) {
            plain.onPacket((data, reception) -> {
                got.add(data);
                return false;
            });
            byte[] raw = PacketBytes.build(
                    PacketBytes.flags(PacketType.DATA, DestinationType.PLAIN),
                    plain.address(),
                    PacketContext.NONE,
                    payload);
            node.node
                    .tap()
                    .deliver(new InboundPacket(
                            raw,
                            PacketBytes.hash(raw),
                            PacketBytes.SHORT_HEADER,
                            plain.address(),
                            1,
                            PacketContext.NONE,
                            node.anyInterface(),
                            null));
            byte[] plaintext = got.poll(Duration.ofSeconds(PATIENCE_SECONDS).toMillis(), TimeUnit.MILLISECONDS);
            return Answer.with("plaintext", plaintext)
                    .and("passthrough", Arrays.equals(plaintext, payload))
                    .map();
        }
    }
}
