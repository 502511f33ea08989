package io.kairos.test.bench.load;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Announces many new destinations as fast as the node takes them in, watched from inside the node: the node itself tells
 * how many paths it knows. Never more than {@value #WINDOW} announces are under way, so that a node that throws away what
 * it has no time for is not measured by what it throws away. Afterwards a sample of all is asked for over the mesh.
 */
final class AnnounceLoad {

    private static final int WINDOW = 2_000;
    private static final int BURST = 100;
    private static final int SAMPLE = 100;
    private static final int PATH_RESPONSE = 0x0b;
    private static final long STILL_NANOS = 20_000_000_000L;
    private static final long ASKING_NANOS = 90_000_000_000L;
    private static final int ASKING_PAUSE_MILLIS = 100;

    private final NodeUnderTest node;
    private final int count;
    private final SecureRandom random = new SecureRandom();

    AnnounceLoad(NodeUnderTest node, int count) {
        this.node = node;
        this.count = count;
    }

    /**
     * What was measured.
     *
     * @param perSecond announces taken in a second, after the first tenth, which warms the node up
     * @param cpuMicros CPU time of the node's process for one announce, in the same stretch
     * @param known share of all that the node knew in the end
     * @param answered share of the sample that the node answered for
     */
    record Result(double perSecond, double cpuMicros, double known, double answered) {}

    Result run() throws IOException, InterruptedException {
        List<DestinationHash> addresses = new ArrayList<>(count);
        List<byte[]> frames = new ArrayList<>(count);
        long now = System.currentTimeMillis() / 1000;
        for (int i = 0; i < count; i++) {
            TestDestination destination = new TestDestination(random);
            addresses.add(destination.address());
            frames.add(MeshSocket.frame(destination.announce(now, random)));
        }
        long before = node.paths();
        try (MeshSocket announcer = new MeshSocket(node.port())) {
            drain(announcer); // the node repeats announces to everybody; who does not read stops it
            announce(announcer, frames, 0, count / 10, before);
            long start = System.nanoTime();
            double cpu = ProcessFigures.cpuSeconds(node.pid());
            long end = announce(announcer, frames, count / 10, count, before);
            int taken = count - count / 10;
            double cpuMicros = 1e6 * (ProcessFigures.cpuSeconds(node.pid()) - cpu) / taken;
            double known = (node.paths() - before) / (double) count;
            // while the announcer is still there: a node rightly forgets paths over a connection that has gone
            return new Result(taken * 1e9 / (end - start), cpuMicros, known, askSample(addresses));
        }
    }

    /** Sends some of the announces; returns when the node knew the last of them, or knew no more for a while. */
    private long announce(MeshSocket announcer, List<byte[]> frames, int from, int to, long before)
            throws IOException, InterruptedException {
        int sent = from;
        long known = node.paths() - before;
        long lastNews = System.nanoTime();
        while (known < to && System.nanoTime() - lastNews < STILL_NANOS) {
            while (sent < to && sent - known < WINDOW) {
                ByteArrayOutputStream burst = new ByteArrayOutputStream();
                for (int i = 0; i < BURST && sent < to; i++) {
                    burst.writeBytes(frames.get(sent++));
                }
                announcer.writeFramed(burst.toByteArray(), burst.size());
            }
            Thread.sleep(10);
            long knows = node.paths() - before;
            if (knows > known) {
                known = knows;
                lastNews = System.nanoTime();
            }
        }
        return lastNews;
    }

    private double askSample(List<DestinationHash> addresses) throws IOException, InterruptedException {
        Set<DestinationHash> wanted = new HashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            wanted.add(addresses.get((int) ((long) i * count / SAMPLE)));
        }
        int all = wanted.size();
        try (MeshSocket asker = new MeshSocket(node.port())) {
            Thread reader = new Thread(() -> strikeOut(asker, wanted), "answers");
            reader.setDaemon(true);
            reader.start();
            long deadline = System.nanoTime() + ASKING_NANOS;
            while (System.nanoTime() < deadline && !copy(wanted).isEmpty()) {
                for (DestinationHash address : copy(wanted)) {
                    asker.send(request(address));
                    Thread.sleep(ASKING_PAUSE_MILLIS);
                }
                Thread.sleep(1_000);
            }
        }
        return (all - copy(wanted).size()) / (double) all;
    }

    private static List<DestinationHash> copy(Set<DestinationHash> wanted) {
        synchronized (wanted) {
            return List.copyOf(wanted);
        }
    }

    private static void strikeOut(MeshSocket asker, Set<DestinationHash> wanted) {
        try {
            while (true) {
                byte[] heard = asker.receive();
                boolean answer = PacketBytes.isWellFormed(heard, 0, heard.length)
                        && PacketBytes.type(heard, 0) == 1
                        && heard[PacketBytes.destinationOffset(heard, 0) + 16] == PATH_RESPONSE;
                if (answer) {
                    synchronized (wanted) {
                        wanted.remove(PacketBytes.destination(heard, 0));
                    }
                }
            }
        } catch (IOException e) {
            // the asking is over: the socket was closed
        }
    }

    private static void drain(MeshSocket socket) {
        Thread reader = new Thread(new FrameCounter(socket.stream(), 1), "drain");
        reader.setDaemon(true);
        reader.start();
    }

    private byte[] request(DestinationHash destination) {
        byte[] payload = new byte[32];
        random.nextBytes(payload);
        destination.writeTo(payload, 0);
        return PacketBytes.build(0x08, Hashes.plainDestination("rnstransport.path.request"), 0, payload);
    }
}
