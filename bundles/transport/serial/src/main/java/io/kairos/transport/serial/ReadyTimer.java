package io.kairos.transport.serial;

import io.kairos.api.time.Timers;
import java.time.Duration;

/** Lets packets go on although the modem has not said that it is ready: it may have forgotten, or never knew how to. */
final class ReadyTimer implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SendQueue queue;
    private final Timers timers;

    // ---- guarded by this ----
    private Timers.Timer waiting;
    private boolean closed;

    ReadyTimer(SendQueue queue, Timers timers) {
        this.queue = queue;
        this.timers = timers;
    }

    /** A packet goes to the modem. */
    synchronized void begin() {
        if (!closed) {
            waiting = timers.after(PATIENCE, queue::ready);
        }
    }

    /** The modem is ready. */
    void ready() {
        cancel();
        queue.ready();
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel();
    }

    private synchronized void cancel() {
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }
}
