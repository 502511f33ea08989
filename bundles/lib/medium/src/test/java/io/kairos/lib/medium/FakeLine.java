package io.kairos.lib.medium;

import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A line on which the test plays the other end: what it says happens on the reading thread. */
final class FakeLine implements Line {

    /** One thing that happens on the reading thread; it may throw. */
    interface Happening {
        void on(LineEvents events) throws InterruptedException;
    }

    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    final Queue<byte[]> sent = new ConcurrentLinkedQueue<>();
    volatile boolean running;
    volatile boolean ended;
    private volatile boolean closed;

    @Override
    public void run(LineEvents events) throws InterruptedException {
        running = true;
        try {
            while (!closed) {
                happenings.take().on(events);
            }
        } finally {
            ended = true;
        }
    }

    FakeLine happens(Happening what) {
        happenings.add(what);
        return this;
    }

    FakeLine waitsFor(String what) {
        return happens(events -> events.starting(what));
    }

    FakeLine comesUp() {
        return happens(events -> events.up("somebody is there"));
    }

    FakeLine fails(MeshException why) {
        return happens(events -> {
            throw why;
        });
    }

    FakeLine hears(byte[] packet) {
        return happens(events -> {
            events.packet(ByteBuffer.wrap(packet.clone()));
            events.endOfBurst();
        });
    }

    void awaitEnd() {
        WaitFor.condition("the reading thread has ended", () -> ended);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        if (closed) {
            return false;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.get(copy);
        return sent.add(copy);
    }

    @Override
    public void close() {
        closed = true;
        happens(events -> {});
    }
}
