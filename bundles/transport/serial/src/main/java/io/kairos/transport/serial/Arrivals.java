package io.kairos.transport.serial;

import io.kairos.lib.serial.DeviceWatch;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the missing device of one interface is plugged in, so that nobody has to wait for the next attempt.
 *
 * <p>Threads: any; one of its own while a device is missing.
 */
final class Arrivals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    private final String threadName;
    private final Runnable tryNow;

    // ---- guarded by this ----
    private DeviceWatch watch;
    private String watched;
    private boolean closed;

    /** @param tryNow what is done when the device has come */
    Arrivals(String threadName, Runnable tryNow) {
        this.threadName = threadName;
        this.tryNow = tryNow;
    }

    /** The device could not be opened or has gone. */
    synchronized void expect(String port) {
        if (closed || watch != null && port.equals(watched)) {
            return;
        }
        cancel();
        try {
            DeviceWatch fresh = new DeviceWatch(port);
            Thread thread = new Thread(() -> await(fresh), threadName);
            thread.setDaemon(true);
            thread.start();
            watch = fresh;
            watched = port;
        } catch (IOException | RuntimeException e) {
            LOG.debug("The folder of a port cannot be watched; it is tried every few seconds: {}", e.toString());
        }
    }

    /** Nobody waits for it any more. */
    synchronized void cancel() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel();
    }

    private void await(DeviceWatch mine) {
        try (mine) {
            if (mine.await()) {
                forget(mine);
                tryNow.run();
            }
        } catch (IOException e) {
            LOG.debug("A port is not watched any more; it is tried every few seconds: {}", e.toString());
            forget(mine);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void forget(DeviceWatch mine) {
        if (watch == mine) {
            watch = null;
        }
    }
}
