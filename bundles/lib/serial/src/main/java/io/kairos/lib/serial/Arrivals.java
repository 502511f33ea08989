package io.kairos.lib.serial;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices when the missing device of one interface is plugged in, so that nobody has to wait for the next attempt. A device
 * that has just come is often not free yet (the operating system looks at it, others ask whether it is a modem), so it is
 * tried again shortly, until somebody says that it is open.
 *
 * <p>Where the operating system cannot watch, nothing is noticed: whoever uses this tries every few seconds anyway.
 *
 * <p>Threads: any; one of its own while a device is missing.
 */
public final class Arrivals implements AutoCloseable {

    private static final int ATTEMPTS = 4;
    private static final long PAUSE_MILLIS = 1_000;

    private final String threadName;
    private final Runnable tryNow;

    // ---- guarded by this ----
    private DeviceWatch watch;
    private CountDownLatch over;
    private String watched;
    private boolean closed;

    /** @param tryNow what is done when the device has come; does nothing where it is being opened already */
    public Arrivals(String threadName, Runnable tryNow) {
        this.threadName = threadName;
        this.tryNow = tryNow;
    }

    /** The device could not be opened or has gone. */
    public synchronized void expect(String port) {
        if (closed || watch != null && port.equals(watched)) {
            return;
        }
        cancel();
        try {
            DeviceWatch fresh = new DeviceWatch(port);
            CountDownLatch end = new CountDownLatch(1);
            Thread thread = new Thread(() -> await(fresh, end), threadName);
            thread.setDaemon(true);
            thread.start();
            watch = fresh;
            over = end;
            watched = port;
        } catch (IOException | RuntimeException e) {
            watch = null; // nothing to watch, or no path at all: the next attempt comes by itself
        }
    }

    /** It is open, or nobody waits for it any more. */
    public synchronized void cancel() {
        if (watch != null) {
            watch.close();
            over.countDown();
            watch = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel();
    }

    private void await(DeviceWatch mine, CountDownLatch end) {
        try (mine) {
            boolean isAwaited = mine.await();
            for (int attempt = 0; isAwaited && attempt < ATTEMPTS; attempt++) {
                tryNow.run();
                isAwaited = !end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // not watched any more: the next attempt comes by itself
        } finally {
            forget(mine);
        }
    }

    private synchronized void forget(DeviceWatch mine) {
        if (watch == mine) {
            watch = null;
        }
    }
}
