package io.kairos.transport.loopback;

import io.kairos.api.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Packets under way to one interface, in the order in which they were sent. It is the medium: it takes time, and it holds
 * only so much.
 *
 * <p>Threads: any number may {@link #offer}; one takes.
 */
final class Inbox {

    /** What a packet costs beyond its bytes, so that a queue of tiny packets has a bound too. */
    private static final int OVERHEAD_BYTES = 48;

    private static final int MOST_IN_A_BURST = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    // ---- guarded by lock ----
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private long queuedBytes;
    private long lineFreeAtNanos;
    private boolean lineUsed;
    private boolean closed;

    /** A packet and when it is through. The buffer is the inbox's own. */
    private record Entry(ByteBuffer packet, long dueNanos) {}

    /**
     * Copies a packet into the medium.
     *
     * @param nowNanos monotonic time
     * @param medium how fast and how long the line is
     * @return whether it fitted
     */
    boolean offer(ByteBuffer packet, long nowNanos, LoopbackSettings medium) {
        int size = packet.remaining() + OVERHEAD_BYTES;
        ByteBuffer copy =
                ByteBuffer.allocate(packet.remaining()).put(packet.duplicate()).flip();
        lock.lock();
        try {
            if (closed || queuedBytes + size > medium.queueBytes()) {
                return false;
            }
            queuedBytes += size;
            entries.add(new Entry(copy, throughAt(copy.remaining(), nowNanos, medium)));
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until packets are through and moves them to {@code burst}.
     *
     * @return whether to go on; {@code false} once the inbox is closed
     */
    boolean take(List<ByteBuffer> burst, Clock clock) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                Entry first = entries.peek();
                long wait = first == null ? Long.MAX_VALUE : first.dueNanos() - clock.nanos();
                if (wait <= 0) {
                    moveDue(burst, clock.nanos());
                    return true;
                }
                if (first == null) {
                    arrived.await();
                } else {
                    arrived.await(wait, TimeUnit.NANOSECONDS);
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything and lets the taker go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            entries.clear();
            queuedBytes = 0;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void moveDue(List<ByteBuffer> burst, long nowNanos) {
        while (burst.size() < MOST_IN_A_BURST
                && !entries.isEmpty()
                && entries.peek().dueNanos() - nowNanos <= 0) {
            ByteBuffer packet = entries.poll().packet();
            queuedBytes -= packet.remaining() + OVERHEAD_BYTES;
            burst.add(packet);
        }
    }

    /** One packet after the other on the line, then the delay. */
    private long throughAt(int bytes, long nowNanos, LoopbackSettings medium) {
        if (medium.bitsPerSecond() == 0) {
            return nowNanos + medium.delay().toNanos();
        }
        long start = lineUsed && lineFreeAtNanos - nowNanos > 0 ? lineFreeAtNanos : nowNanos;
        lineUsed = true;
        lineFreeAtNanos = start + (long) (bytes * 8.0 * Duration.ofSeconds(1).toNanos() / medium.bitsPerSecond());
        return lineFreeAtNanos + medium.delay().toNanos();
    }
}
