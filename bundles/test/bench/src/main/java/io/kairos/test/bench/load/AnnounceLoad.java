package io.kairos.test.bench.load;

import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Announces many new destinations as fast as the node reads, then asks for paths until the last of them is known, and
 * finally asks for a sample of all.
 */
final class AnnounceLoad {

    private static final int SAMPLE = 100;

    private final int port;
    private final int count;
    private final SecureRandom random = new SecureRandom();

    AnnounceLoad(int port, int count) {
        this.port = port;
        this.count = count;
    }

    /**
     * What was measured.
     *
     * @param perSecond announces taken in a second, until the last could be asked for
     * @param cpuMicros CPU time of the node's process for one announce
     * @param askedFor share of the sample that the node could answer for
     */
    record Result(double perSecond, double cpuMicros, double askedFor) {}

    Result run(long pid) throws IOException {
        List<TestDestination> destinations = new ArrayList<>();
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        long now = System.currentTimeMillis() / 1000;
        for (int i = 0; i < count; i++) {
            TestDestination destination = new TestDestination(random);
            destinations.add(destination);
            framed.writeBytes(MeshSocket.frame(destination.announce(now, random)));
        }
        byte[] bytes = framed.toByteArray();
        try (MeshSocket announcer = new MeshSocket(port);
                MeshSocket asker = new MeshSocket(port)) {
            double cpuBefore = ProcessFigures.cpuSeconds(pid);
            long start = System.nanoTime();
            announcer.writeFramed(bytes, bytes.length);
            awaitKnown(asker, destinations.get(count - 1));
            double elapsed = (System.nanoTime() - start) / 1e9;
            double cpu = ProcessFigures.cpuSeconds(pid) - cpuBefore;
            return new Result(count / elapsed, 1e6 * cpu / count, askSample(asker, destinations));
        }
    }

    private void awaitKnown(MeshSocket asker, TestDestination last) throws IOException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        asker.readTimeout(100);
        while (System.nanoTime() < deadline) {
            asker.send(request(last));
            long until = System.nanoTime() + 1_000_000_000L;
            while (System.nanoTime() < until) {
                try {
                    byte[] heard = asker.receive();
                    if (PacketBytes.type(heard, 0) == 1
                            && PacketBytes.destination(heard, 0).equals(last.address())) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    break;
                }
            }
        }
        throw new IOException("the last announce is not known after 120 s");
    }

    private double askSample(MeshSocket asker, List<TestDestination> destinations) throws IOException {
        Set<Object> wanted = new HashSet<>();
        for (int i = 0; i < SAMPLE; i++) {
            TestDestination chosen = destinations.get((int) ((long) i * count / SAMPLE));
            wanted.add(chosen.address());
            asker.send(request(chosen));
        }
        int all = wanted.size();
        asker.readTimeout(5_000);
        long deadline = System.nanoTime() + 30_000_000_000L;
        try {
            while (!wanted.isEmpty() && System.nanoTime() < deadline) {
                byte[] heard = asker.receive();
                if (PacketBytes.type(heard, 0) == 1) {
                    wanted.remove(PacketBytes.destination(heard, 0));
                }
            }
        } catch (SocketTimeoutException e) {
            // what has not been answered by now is reported as missing
        }
        return (all - wanted.size()) / (double) all;
    }

    private byte[] request(TestDestination destination) {
        byte[] payload = new byte[32];
        random.nextBytes(payload);
        destination.address().writeTo(payload, 0);
        return PacketBytes.build(0x08, Hashes.plainDestination("rnstransport.path.request"), 0, payload);
    }
}
