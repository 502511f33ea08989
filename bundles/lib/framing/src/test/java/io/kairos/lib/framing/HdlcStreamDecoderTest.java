package io.kairos.lib.framing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HdlcStreamDecoderTest {

    private static final int MAXIMUM = 500;

    private final HdlcStreamDecoder decoder = new HdlcStreamDecoder(HdlcStreamDecoder.SHORTEST_PACKET, MAXIMUM);
    private final Packets packets = new Packets();

    @Test
    void aWholePacketIsHandedOutWhereItLies() {
        byte[] read = frame(new byte[100]);

        decoder.feed(ByteBuffer.wrap(read), packet -> assertSame(read, packet.array()));
        decoder.feed(ByteBuffer.wrap(frame(new byte[100])), packets);

        assertEquals(1, packets.received().size());
    }

    @Test
    void onlyWhatRemainsInTheBufferIsRead() {
        ByteBuffer read = ByteBuffer.allocate(400);
        read.position(100);
        ByteBuffer slice = read.slice();
        slice.put(5, frame(new byte[50])).position(5).limit(5 + 52);

        decoder.feed(slice, packets);

        assertEquals(List.of("00".repeat(50)), packets.received());
        assertEquals(slice.limit(), slice.position());
    }

    @Test
    void packetsOutsideTheAllowedLengthsAreCounted() {
        decoder.feed(ByteBuffer.wrap(frame(new byte[19])), packets);
        decoder.feed(ByteBuffer.wrap(frame(new byte[501])), packets);
        decoder.feed(ByteBuffer.wrap(frame(new byte[20])), packets);
        decoder.feed(ByteBuffer.wrap(frame(new byte[500])), packets);

        assertEquals(List.of("00".repeat(20), "00".repeat(500)), packets.received());
        assertEquals(2, decoder.malformedFrames());
    }

    @Test
    void emptyFramesAreKeepalives() {
        decoder.feed(ByteBuffer.wrap(new byte[] {Hdlc.FLAG, Hdlc.FLAG, Hdlc.FLAG}), packets);

        assertEquals(List.of(), packets.received());
        assertEquals(0, decoder.malformedFrames());
    }

    @Test
    void aFrameWithoutEndIsGivenUpOnceAndTheNextOneArrives() {
        decoder.feed(ByteBuffer.wrap(new byte[] {Hdlc.FLAG}), packets);
        for (int i = 0; i < 1000; i++) {
            decoder.feed(ByteBuffer.allocate(64), packets);
        }
        decoder.feed(ByteBuffer.wrap(frame(new byte[30])), packets);

        assertEquals(List.of("00".repeat(30)), packets.received());
        assertEquals(1, decoder.malformedFrames());
    }

    @Test
    void aPacketOfEscapesOnlyMayBeCutAnywhere() {
        byte[] packet = new byte[MAXIMUM];
        Arrays.fill(packet, Hdlc.FLAG);
        byte[] frame = frame(packet);
        assertEquals(Hdlc.maximumFrameBytes(MAXIMUM), frame.length);
        for (byte next : frame) {
            decoder.feed(ByteBuffer.wrap(new byte[] {next}), packets);
        }

        assertEquals(List.of("7e".repeat(MAXIMUM)), packets.received());
        assertEquals(0, decoder.malformedFrames());
    }

    @Test
    void whatIsLongerThanTheInterfaceSendsIsTakenUpToABound() {
        HdlcStreamDecoder small = HdlcStreamDecoder.forInterface(40);
        small.feed(ByteBuffer.wrap(frame(new byte[HdlcStreamDecoder.ALWAYS_TAKEN])), packets);
        small.feed(ByteBuffer.wrap(frame(new byte[HdlcStreamDecoder.ALWAYS_TAKEN + 1])), packets);
        HdlcStreamDecoder large = HdlcStreamDecoder.forInterface(20_000);
        large.feed(ByteBuffer.wrap(frame(new byte[20_000])), packets);

        assertEquals(List.of("00".repeat(HdlcStreamDecoder.ALWAYS_TAKEN), "00".repeat(20_000)), packets.received());
        assertEquals(1, small.malformedFrames());
    }

    @Test
    void afterAResetTheBeginningOfAFrameIsForgotten() {
        byte[] frame = frame(new byte[40]);
        decoder.feed(ByteBuffer.wrap(frame, 0, 20), packets);
        decoder.reset();
        decoder.feed(ByteBuffer.wrap(frame(new byte[30])), packets);

        assertEquals(List.of("00".repeat(30)), packets.received());
    }

    @Test
    void aSinkThatThrowsLeavesTheRestForTheNextCall() {
        ByteBuffer read = ByteBuffer.allocate(200)
                .put(frame(new byte[40]))
                .put(frame(new byte[30]))
                .flip();

        assertThrows(
                IllegalStateException.class,
                () -> decoder.feed(read, packet -> {
                    throw new IllegalStateException("broken sink");
                }));
        decoder.feed(read, packets);

        assertEquals(List.of("00".repeat(30)), packets.received());
    }

    @Test
    void decodingAllocatesNothingForAPacket() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] packet = new byte[400];
        new Random(1).nextBytes(packet);
        ByteBuffer stream = ByteBuffer.allocate(100 * Hdlc.maximumFrameBytes(packet.length));
        for (int i = 0; i < 100; i++) {
            Hdlc.encode(ByteBuffer.wrap(packet), stream);
        }
        byte[] frames = Arrays.copyOf(stream.array(), stream.position());
        AtomicLong received = new AtomicLong();
        FrameSink counting = lent -> received.incrementAndGet();
        ByteBuffer read = ByteBuffer.allocate(777);
        feedInPieces(frames, read, counting);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < 20; round++) {
            feedInPieces(frames, read, counting);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertEquals(2100, received.get());
        assertTrue(allocated < 2000, allocated + " bytes for 2000 packets");
    }

    private void feedInPieces(byte[] stream, ByteBuffer read, FrameSink sink) {
        for (int from = 0; from < stream.length; from += read.capacity()) {
            read.clear();
            read.put(stream, from, Math.min(read.capacity(), stream.length - from))
                    .flip();
            decoder.feed(read, sink);
        }
    }

    @Test
    void refusesImpossibleLimits() {
        assertThrows(IllegalArgumentException.class, () -> new HdlcStreamDecoder(0, 10));
        assertThrows(IllegalArgumentException.class, () -> new HdlcStreamDecoder(11, 10));
        assertThrows(IllegalArgumentException.class, () -> new HdlcStreamDecoder(1, Integer.MAX_VALUE));
    }

    private static byte[] frame(byte[] packet) {
        ByteBuffer out = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
        Hdlc.encode(ByteBuffer.wrap(packet), out);
        byte[] frame = new byte[out.flip().remaining()];
        out.get(frame);
        return frame;
    }
}
