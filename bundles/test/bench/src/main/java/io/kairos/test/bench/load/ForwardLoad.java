package io.kairos.test.bench.load;

import io.kairos.api.packet.DestinationHash;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends data packets through a node from some TCP connections to others, as fast as they arrive, and counts them. The node
 * learns the receivers from their announces, as in real life; each sender sends to one receiver.
 *
 * <p>No sender has more than {@value #WINDOW_BYTES} bytes under way: on a busy machine the receivers get less time than the
 * senders, and a node that then throws packets away would be charged for packets that nobody counts.
 */
final class ForwardLoad {

    private static final int BURST = 256;
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final long LOST_NANOS = 200_000_000L;
    private static final int COUNTER_DIGITS = 12;

    private final int port;
    private final int pairs;
    private final int packetBytes;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param port TCP port of the node, HDLC framing
     * @param pairs how many senders, and as many receivers
     * @param packetBytes size of each packet as the sender sends it (with transport header)
     */
    ForwardLoad(int port, int pairs, int packetBytes) {
        this.port = port;
        this.pairs = pairs;
        this.packetBytes = packetBytes;
    }

    /**
     * What was measured.
     *
     * @param perSecond packets that arrived in a second
     * @param cpuMicros CPU time of the node's process for one of them
     */
    record Result(double perSecond, double cpuMicros) {}

    Result run(long pid, int warmUpSeconds, int seconds) throws IOException, InterruptedException {
        List<MeshSocket> sockets = new ArrayList<>();
        try {
            List<FrameCounter> counters = new ArrayList<>();
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < pairs; i++) {
                MeshSocket receiver = new MeshSocket(port);
                MeshSocket sender = new MeshSocket(port);
                sockets.add(receiver);
                sockets.add(sender);
                TestDestination destination = new TestDestination(random);
                DestinationHash node = Introduction.of(destination, receiver, sender, random);
                FrameCounter counter = new FrameCounter(receiver.stream(), packetBytes - 24);
                counters.add(counter);
                start("receive-" + i, counter);
                Thread thread = new Thread(() -> flood(sender, node, destination.address(), counter), "send-" + i);
                thread.setDaemon(true);
                senders.add(thread);
            }
            senders.forEach(Thread::start);
            Thread.sleep(warmUpSeconds * 1000L);
            long before = total(counters);
            double cpuBefore = ProcessFigures.cpuSeconds(pid);
            long start = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            long arrived = total(counters) - before;
            double elapsed = (System.nanoTime() - start) / 1e9;
            double cpu = ProcessFigures.cpuSeconds(pid) - cpuBefore;
            if (arrived == 0) {
                throw new IOException("nothing arrived: " + counters.get(0).failure());
            }
            return new Result(arrived / elapsed, 1e6 * cpu / arrived);
        } finally {
            for (MeshSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private void flood(MeshSocket sender, DestinationHash node, DestinationHash destination, FrameCounter arrived) {
        byte[] packet = new byte[packetBytes];
        Arrays.fill(packet, (byte) 0x55);
        packet[0] = 0x50;
        packet[1] = 0;
        node.writeTo(packet, 2);
        destination.writeTo(packet, 18);
        packet[34] = 0;
        byte[] frame = MeshSocket.frame(packet);
        int counterAt = frame.length - 1 - COUNTER_DIGITS;
        byte[] burst = new byte[frame.length * BURST];
        long number = random.nextInt();
        long underWay = 0; // what has been sent and neither arrived nor been given up
        long counted = arrived.frames();
        try {
            while (true) {
                long last = System.nanoTime();
                while (underWay * packetBytes > WINDOW_BYTES) {
                    long now = arrived.frames();
                    if (now > counted) {
                        last = System.nanoTime();
                    } else if (System.nanoTime() - last > LOST_NANOS) {
                        underWay = 0;
                    } else {
                        LockSupport.parkNanos(50_000);
                    }
                    underWay -= Math.min(underWay, now - counted);
                    counted = now;
                }
                underWay += BURST;
                for (int i = 0; i < BURST; i++) {
                    System.arraycopy(frame, 0, burst, i * frame.length, frame.length);
                    writeNibbles(burst, i * frame.length + counterAt, number++);
                }
                sender.writeFramed(burst, burst.length);
            }
        } catch (IOException e) {
            // the run is over: the socket was closed under the sender
        }
    }

    /** Twelve bytes 0x30 to 0x3f, which never need an escape, so that all frames have the same length. */
    private static void writeNibbles(byte[] target, int offset, long number) {
        for (int i = 0; i < COUNTER_DIGITS; i++) {
            target[offset + i] = (byte) (0x30 | number >> 4 * i & 0x0f);
        }
    }

    private static long total(List<FrameCounter> counters) {
        return counters.stream().mapToLong(FrameCounter::frames).sum();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
