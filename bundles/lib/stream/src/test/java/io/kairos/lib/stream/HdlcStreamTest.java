package io.kairos.lib.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.Signal;
import io.kairos.lib.medium.LineEvents;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HdlcStreamTest {

    private static final HdlcStream.Limits LIMITS = new HdlcStream.Limits(1, 100, 4_096);

    private final ManualClock clock = new ManualClock();
    private final Heard heard = new Heard();

    @Test
    void anEmptyFrameIsSentEveryTenSecondsAndTheStreamIsGivenUpAfter110() throws Exception {
        Quiet stream = new Quiet();

        MeshException why =
                assertThrows(MeshException.class, () -> newStream(Silence.I2P).run(stream, heard, "up"));

        assertTrue(why.failure().message().contains("110 s"), why.failure().message());
        assertTrue(stream.isClosed);
        String sent = HexFormat.of().formatHex(stream.sent.toByteArray());
        assertTrue(sent.matches("(7e7e){8,11}"), sent);
        assertEquals(List.of("up"), heard.news);
    }

    @Test
    void noBytesCauseAnythingButPacketsAndCounts() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            byte[] noise = new byte[20_000];
            new Random(seed).nextBytes(noise);
            for (int i = 0; i < noise.length; i += 97) {
                noise[i] = 0x7e;
            }

            newStream(Silence.PATIENT).run(new Once(noise), heard, "");
        }

        assertTrue(heard.packets > 0 && heard.bursts > 0);
        assertTrue(heard.longest <= 8_192);
    }

    @Test
    void nothingIsTakenWhileNothingIsOpen() throws Exception {
        HdlcStream stream = newStream(Silence.PATIENT);
        assertFalse(stream.offer(ByteBuffer.wrap(new byte[10])));

        stream.run(new Once(new byte[0]), heard, "");

        assertFalse(stream.offer(ByteBuffer.wrap(new byte[10])));
    }

    private HdlcStream newStream(Silence silence) {
        return new HdlcStream("kairos-test", LIMITS, silence, clock);
    }

    /** Says nothing for a second at each read; waits until a keepalive that is due has been written. */
    private final class Quiet implements ByteStream {

        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private volatile boolean isClosed;
        private int seconds;

        @Override
        public int read(byte[] into) {
            if (seconds > 10 && seconds % 11 == 0) {
                int due = seconds / 11;
                WaitFor.condition("a keepalive is written", () -> size() >= 2 * due);
            }
            seconds++;
            clock.advance(Duration.ofSeconds(1));
            return 0;
        }

        private synchronized int size() {
            return sent.size();
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            sent.write(bytes, offset, length);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    /** Ends after some bytes. */
    private static final class Once implements ByteStream {

        private final ByteBuffer left;

        Once(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(byte[] into) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), 1_000);
            left.get(into, 0, count);
            return count;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("nobody reads");
        }

        @Override
        public void close() {}
    }

    private static final class Heard implements LineEvents {

        private final List<String> news = new ArrayList<>();
        private int packets;
        private int bursts;
        private int longest;

        @Override
        public void up(String text) {
            news.add(text);
        }

        @Override
        public void packet(ByteBuffer packet) {
            packets++;
            longest = Math.max(longest, packet.remaining());
        }

        @Override
        public void packet(ByteBuffer packet, Signal signal) {
            packet(packet);
        }

        @Override
        public void malformed(long frames) {
            assertTrue(frames > 0);
        }

        @Override
        public void endOfBurst() {
            bursts++;
        }

        @Override
        public void changed() {}
    }
}
