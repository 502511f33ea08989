package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameProperties {

    private static final int LONGEST = 70_000;

    /** What a reader has told, as lists of bytes that can be compared. */
    private static final class Notes implements FrameReader.Handler {

        private final List<List<Byte>> messages = new ArrayList<>();
        private int pings;
        private int longest;

        @Override
        public void message(ByteBuffer payload) {
            longest = Math.max(longest, payload.remaining());
            List<Byte> message = new ArrayList<>();
            while (payload.hasRemaining()) {
                message.add(payload.get());
            }
            messages.add(message);
        }

        @Override
        public void ping(ByteBuffer payload) {
            pings++;
        }

        @Override
        public void pong() {}

        @Override
        public void close() {}
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadHoweverItIsCut(
            @ForAll @Size(max = 5) List<byte[]> packets,
            @ForAll int mask,
            @ForAll @IntRange(min = 1, max = 40) int cut) {
        FrameReader reader = new FrameReader(mask != 0, LONGEST);
        Notes notes = new Notes();
        List<List<Byte>> expected = new ArrayList<>();
        for (byte[] packet : packets) {
            expected.add(list(packet));
            byte[] frame = Frames.encode(Frames.BINARY, ByteBuffer.wrap(packet), mask);
            byte[] ping = Frames.encode(Frames.PING, ByteBuffer.allocate(3), mask);
            byte[] both = Arrays.copyOf(frame, frame.length + ping.length);
            System.arraycopy(ping, 0, both, frame.length, ping.length);
            for (int from = 0; from < both.length; from += cut) {
                reader.feed(ByteBuffer.wrap(both, from, Math.min(cut, both.length - from)), notes);
            }
        }
        assertEquals(expected, notes.messages);
        assertEquals(packets.size(), notes.pings);
    }

    @Property(tries = 40)
    void everyLengthIsReadAgain(@ForAll @IntRange(max = LONGEST) int length, @ForAll int mask) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (i * 31);
        }
        Notes notes = new Notes();
        new FrameReader(mask != 0, LONGEST)
                .feed(ByteBuffer.wrap(Frames.encode(Frames.BINARY, ByteBuffer.wrap(packet), mask)), notes);
        assertEquals(List.of(list(packet)), notes.messages);
    }

    @Property(tries = 1000)
    void noBytesCauseMoreThanARefusal(@ForAll @Size(max = 200) byte[] noise, @ForAll boolean expectsMask) {
        Notes notes = new Notes();
        try {
            new FrameReader(expectsMask, 50).feed(ByteBuffer.wrap(noise), notes);
        } catch (FrameException expected) {
            assertTrue(expected.reason() >= 1002 && expected.reason() <= 1009);
        }
        assertTrue(notes.longest <= 50);
    }

    private static List<Byte> list(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte each : bytes) {
            list.add(each);
        }
        return list;
    }
}
