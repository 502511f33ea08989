package io.kairos.transport.serial;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Frames that wait until the port takes them, and where there is flow control until the modem is ready.
 *
 * <p>Threads: any number may {@link #offer}; one takes.
 */
final class SendQueue {

    private final boolean hasFlowControl;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // ---- guarded by lock ----
    private final Deque<ByteBuffer> frames = new ArrayDeque<>();
    private int bytes;
    private boolean isBusy;
    private boolean closed;

    /** @param hasFlowControl whether each frame that is taken holds back the next until {@link #ready} */
    SendQueue(boolean hasFlowControl) {
        this.hasFlowControl = hasFlowControl;
    }

    /** Takes over a frame; false where more than {@code mostBytes} would wait. */
    boolean offer(ByteBuffer frame, int mostBytes) {
        lock.lock();
        try {
            if (closed || bytes + frame.remaining() > mostBytes) {
                return false;
            }
            frames.add(frame);
            bytes += frame.remaining();
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a frame that may leave; {@code null} once the queue is closed. */
    ByteBuffer take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (isBusy || frames.isEmpty())) {
                changed.await();
            }
            if (closed) {
                return null;
            }
            ByteBuffer frame = frames.remove();
            bytes -= frame.remaining();
            isBusy = hasFlowControl;
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the next frame go. */
    void ready() {
        lock.lock();
        try {
            isBusy = false;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits and lets the taker go. */
    void close() {
        lock.lock();
        try {
            closed = true;
            frames.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
