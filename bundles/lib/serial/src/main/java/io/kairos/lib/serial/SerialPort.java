package io.kairos.lib.serial;

import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open serial port, or a pseudo-terminal.
 *
 * <p>Threads: one reads, one writes, any closes. Nobody is inside the native code while the port is closed there: a thread
 * that came too late would read from whatever file got the same number next.
 */
public final class SerialPort implements AutoCloseable {

    /** What {@link #read} answers once the port was closed by this side. */
    public static final int CLOSED = -1;

    private static final int MOST_AT_ONCE = 512; // less than any driver holds, so that whoever writes can be woken up
    private static final long MOST_TO_CLOSE_MILLIS = 400;

    private final Path path;
    private final NativePort device;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    // ---- guarded by lock ----
    private int inside;
    private boolean closed;

    private SerialPort(Path path, NativePort device) {
        this.path = path;
        this.device = device;
    }

    /**
     * Opens a port for this process alone. What has come before is forgotten.
     *
     * @throws MeshException that says what is there instead, who may use it, or that it is in use
     */
    public static SerialPort open(SerialSettings settings) {
        Path path = Ports.find(settings.port());
        return new SerialPort(path, NativePort.open(path, settings));
    }

    /** The device behind all links. */
    public String path() {
        return path.toString();
    }

    /**
     * Waits until bytes are there and takes those that are there.
     *
     * @param into filled from its beginning
     * @param timeout longest time to wait, in steps of 100 ms, at least one
     * @return how many bytes; 0 after the time-out; {@link #CLOSED} once {@link #close} was called
     * @throws MeshException of kind {@code HARDWARE} when the device has gone
     */
    public int read(byte[] into, Duration timeout) {
        long ticks = Math.max(1, (timeout.toMillis() + NativePort.TICK_MILLIS - 1) / NativePort.TICK_MILLIS);
        int count = 0;
        for (long tick = 0; tick < ticks && count == 0; tick++) {
            if (!enter()) {
                return CLOSED;
            }
            try {
                count = device.read(into);
            } finally {
                leave();
            }
        }
        if (count >= 0) {
            return count;
        }
        if (isClosed()) {
            return CLOSED;
        }
        throw Ports.gone(path);
    }

    /**
     * Writes all of it; waits while the device or the other end takes no more.
     *
     * @param bytes a heap buffer, from position to limit; its position moves
     * @return false where {@link #close} was called before everything was written
     * @throws MeshException of kind {@code HARDWARE} when the device has gone
     */
    public boolean write(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), MOST_AT_ONCE);
            if (!enter()) {
                return false;
            }
            int count;
            try {
                count = device.write(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
            } finally {
                leave();
            }
            if (count < length) {
                if (isClosed()) {
                    return false;
                }
                throw Ports.gone(path);
            }
            bytes.position(bytes.position() + length);
        }
        return true;
    }

    /**
     * Closes the port within half a second, from any thread; a read and a write that wait end. What was written and has not
     * left the machine is lost.
     */
    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (inside > 0) {
                device.letGo();
            }
            awaitLeaving();
            device.close();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void awaitLeaving() {
        boolean isInterrupted = false;
        long patience = TimeUnit.MILLISECONDS.toNanos(MOST_TO_CLOSE_MILLIS);
        while (inside > 0 && patience > 0) {
            try {
                patience = left.awaitNanos(patience);
            } catch (InterruptedException e) {
                isInterrupted = true; // and yet nobody may be inside
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            inside++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            inside--;
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
