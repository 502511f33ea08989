package io.kairos.transport.pipe;

import io.kairos.lib.framing.Hdlc;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames that wait until the program reads. Senders append, one thread takes all at once, so that a burst becomes one
 * write.
 *
 * <p>Threads: any number may {@link #offer}; one takes.
 */
final class SendQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition waiting = lock.newCondition();

    // ---- guarded by lock ----
    private ByteBuffer staged = ByteBuffer.allocate(4_096);
    private boolean closed;

    /** Frames a packet; false where more than {@code mostBytes} would wait. */
    boolean offer(ByteBuffer packet, int mostBytes) {
        int worst = Hdlc.maximumFrameBytes(packet.remaining());
        lock.lock();
        try {
            if (closed || staged.position() + worst > mostBytes) {
                return false;
            }
            if (staged.remaining() < worst) {
                staged = ByteBuffer.allocate(Math.max(2 * staged.capacity(), staged.position() + worst))
                        .put(staged.flip());
            }
            Hdlc.encode(packet, staged);
            waiting.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for frames; {@code null} once the queue is closed. The buffer belongs to the caller. */
    ByteBuffer take() throws InterruptedException {
        lock.lock();
        try {
            while (staged.position() == 0 && !closed) {
                waiting.await();
            }
            if (closed) {
                return null;
            }
            ByteBuffer taken = staged.flip();
            staged = ByteBuffer.allocate(4_096);
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and lets the taker go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
