package io.kairos.lib.medium;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes that wait until the medium takes them. Senders append whole frames, one thread takes all at once, so that a burst
 * becomes one write. Bounded by {@code mostBytes}.
 *
 * <p>Threads: any number may {@link #offer}; one takes.
 */
public final class FrameQueue {

    private static final int FIRST_BYTES = 4_096;

    /** Puts a packet into a frame. */
    @FunctionalInterface
    public interface Framing {

        /** Reads {@code packet} to its limit and writes at most the bytes that were asked for. */
        void encode(ByteBuffer packet, ByteBuffer frame);
    }

    private final Framing framing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition waiting = lock.newCondition();

    // ---- guarded by lock ----
    private ByteBuffer staged = ByteBuffer.allocate(FIRST_BYTES);
    private boolean closed;

    public FrameQueue(Framing framing) {
        this.framing = framing;
    }

    /**
     * Frames a packet.
     *
     * @param worst most bytes that its frame has
     * @param mostBytes most bytes that may wait
     * @return false where more would wait, or the queue is closed
     */
    public boolean offer(ByteBuffer packet, int worst, int mostBytes) {
        lock.lock();
        try {
            if (closed || staged.position() + worst > mostBytes) {
                return false;
            }
            if (staged.remaining() < worst) {
                staged = ByteBuffer.allocate(Math.max(2 * staged.capacity(), staged.position() + worst))
                        .put(staged.flip());
            }
            framing.encode(packet, staged);
            waiting.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for frames; {@code null} once the queue is closed. The buffer belongs to the caller. */
    public ByteBuffer take() throws InterruptedException {
        lock.lock();
        try {
            while (staged.position() == 0 && !closed) {
                waiting.await();
            }
            if (closed) {
                return null;
            }
            ByteBuffer taken = staged.flip();
            staged = ByteBuffer.allocate(FIRST_BYTES);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and lets the taker go. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
