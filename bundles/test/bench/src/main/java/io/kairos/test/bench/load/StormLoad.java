package io.kairos.test.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;

/** Floods a node with announces of identities that nobody has ever heard of, and watches its memory. */
final class StormLoad {

    private static final int BURST = 100;

    private final NodeUnderTest node;
    private final int count;
    private final int perSecond;
    private final SecureRandom random = new SecureRandom();

    /** @param perSecond pace of the storm, faster than what a node is meant to take, slower than its socket */
    StormLoad(NodeUnderTest node, int count, int perSecond) {
        this.node = node;
        this.count = count;
        this.perSecond = perSecond;
    }

    /**
     * What was measured.
     *
     * @param beforeMegabytes resident before the storm
     * @param halfMegabytes resident when half of it had passed
     * @param afterMegabytes resident at its end
     * @param paths paths known at its end
     */
    record Result(double beforeMegabytes, double halfMegabytes, double afterMegabytes, double paths) {}

    Result run() throws IOException, InterruptedException {
        double before = resident();
        try (MeshSocket announcer = new MeshSocket(node.port())) {
            Thread reader = new Thread(new FrameCounter(announcer.stream(), 1), "drain");
            reader.setDaemon(true);
            reader.start();
            storm(announcer, count / 2);
            double half = resident();
            storm(announcer, count - count / 2);
            Thread.sleep(2_000);
            return new Result(before, half, resident(), node.paths());
        }
    }

    private void storm(MeshSocket announcer, int announces) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int sent = 0; sent < announces; sent += BURST) {
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (int i = 0; i < BURST; i++) {
                burst.writeBytes(MeshSocket.frame(
                        new TestDestination(random).announce(System.currentTimeMillis() / 1000, random)));
            }
            announcer.writeFramed(burst.toByteArray(), burst.size());
            long ahead = (long) sent * 1000 / perSecond - (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(Math.max(0, ahead));
        }
    }

    private double resident() throws IOException {
        return ProcessFigures.residentKilobytes(node.pid()) / 1024.0;
    }
}
