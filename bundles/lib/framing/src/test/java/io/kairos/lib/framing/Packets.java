package io.kairos.lib.framing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Collects copies of what a decoder hands out, as hexadecimal digits. */
final class Packets implements FrameSink {

    private final List<String> received = new ArrayList<>();

    @Override
    public void packet(ByteBuffer packet) {
        assertTrue(packet.hasArray(), "lent buffers are heap buffers");
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        received.add(HexFormat.of().formatHex(copy));
    }

    /** Feeds copies of the chunks and returns what came out. */
    static List<String> of(FrameDecoder decoder, List<byte[]> chunks) {
        Packets packets = new Packets();
        chunks.forEach(chunk -> decoder.feed(ByteBuffer.wrap(chunk.clone()), packets));
        return packets.received;
    }

    static List<String> of(FrameDecoder decoder, String... hexChunks) {
        return of(
                decoder,
                List.of(hexChunks).stream().map(HexFormat.of()::parseHex).toList());
    }

    List<String> received() {
        return received;
    }
}
