package io.kairos.lib.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.Signal;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacketLineTest {

    private static final int LONGEST = 4;
    private static final byte[] END = new byte[0];

    private final Radio radio = new Radio();
    private final List<byte[]> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<Failure> why = new AtomicReference<>();
    private volatile boolean up;
    private volatile long malformed;
    private PacketLine line = new PacketLine("r", () -> radio, LONGEST, 2, PacketLineTest::explained);
    private Thread reader;

    /** What is put on the air is received; sending waits until it is let go. */
    private static final class Radio implements PacketMedium {

        final BlockingQueue<byte[]> air = new LinkedBlockingQueue<>();
        final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
        final BlockingQueue<Integer> maySend = new LinkedBlockingQueue<>();
        volatile boolean deaf;

        @Override
        public int receive(byte[] buffer) throws IOException {
            try {
                byte[] packet = air.take();
                if (packet == END) {
                    throw new IOException("closed");
                }
                System.arraycopy(packet, 0, buffer, 0, Math.min(packet.length, buffer.length));
                return packet.length;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void send(byte[] packet) throws IOException {
            try {
                maySend.take();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (deaf) {
                throw new IOException("no antenna");
            }
            sent.add(packet);
        }

        @Override
        public void close() {
            air.add(END);
            maySend.add(0);
        }
    }

    private static Failure explained(IOException e) {
        return new Failure(Failure.Kind.HARDWARE, String.valueOf(e.getMessage()), "Look at it.");
    }

    private void start() {
        reader = new Thread(() -> {
            try {
                line.run(new LineEvents() {
                    @Override
                    public void up(String news) {
                        up = true;
                    }

                    @Override
                    public void packet(ByteBuffer packet) {
                        byte[] copy = new byte[packet.remaining()];
                        packet.get(copy);
                        received.add(copy);
                    }

                    @Override
                    public void packet(ByteBuffer packet, Signal signal) {
                        packet(packet);
                    }

                    @Override
                    public void malformed(long frames) {
                        malformed += frames;
                    }

                    @Override
                    public void endOfBurst() {}

                    @Override
                    public void changed() {}
                });
            } catch (MeshException e) {
                why.set(e.failure());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
    }

    private void startUp() {
        start();
        WaitFor.condition("up", () -> up);
    }

    private void awaitEnd() {
        WaitFor.condition("both threads have ended", () -> !reader.isAlive());
    }

    @AfterEach
    void close() {
        line.close();
        if (reader != null) {
            awaitEnd();
        }
    }

    private static ByteBuffer packet(int... bytes) {
        byte[] packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        return ByteBuffer.wrap(packet);
    }

    @Test
    void packetsGoBothWays() throws InterruptedException {
        startUp();
        radio.maySend.add(1);

        assertTrue(line.offer(packet(1, 2)));
        radio.air.add(new byte[] {3});

        assertArrayEquals(new byte[] {1, 2}, radio.sent.take());
        WaitFor.condition("received", () -> received.size() == 1);
        assertArrayEquals(new byte[] {3}, received.get(0));
    }

    @Test
    void whatIsNoPacketIsCounted() {
        startUp();
        radio.air.add(new byte[LONGEST + 1]);
        radio.air.add(new byte[] {1});

        WaitFor.condition("the next one", () -> received.size() == 1);
        assertEquals(1, malformed);
    }

    @Test
    void soManyPacketsWaitAndNoneIsTooLong() {
        assertFalse(line.offer(packet(1)), "not open yet");
        startUp();

        assertFalse(line.offer(packet(1, 2, 3, 4, 5)));
        int taken = 0;
        while (taken < 10 && line.offer(packet(taken))) {
            taken++;
        }
        assertTrue(taken == 2 || taken == 3, taken + " were taken"); // the writer may hold one
    }

    @Test
    void sendingThatFailsEndsTheLineAndSaysWhy() {
        startUp();
        radio.deaf = true;
        radio.maySend.add(1);

        line.offer(packet(1));

        awaitEnd();
        assertEquals("no antenna", why.get().message());
    }

    @Test
    void aMediumThatIsNotThereSaysWhy() {
        line = new PacketLine(
                "r",
                () -> {
                    throw new IOException("unplugged");
                },
                LONGEST,
                2,
                PacketLineTest::explained);
        start();

        awaitEnd();
        assertEquals("unplugged", why.get().message());
    }

    @Test
    void closedBeforeItWasOpenItStaysClosed() {
        line.close();
        start();

        awaitEnd();
        assertFalse(up);
    }
}
