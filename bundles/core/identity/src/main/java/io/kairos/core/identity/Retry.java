package io.kairos.core.identity;

import io.kairos.api.time.Timers;
import java.time.Duration;

/** Tries something again: soon at first, then less and less often. Without timers nothing happens. Threads: any. */
final class Retry {

    private static final Duration FIRST = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Runnable attempt;

    // ---- guarded by this ----
    private Timers timers;
    private boolean waiting;
    private Duration delay = FIRST;

    /** @param attempt is run without any lock, on the timers' thread */
    Retry(Runnable attempt) {
        this.attempt = attempt;
    }

    synchronized void use(Timers present) {
        timers = present;
        waiting = false;
    }

    synchronized void forget(Timers gone) {
        if (timers == gone) {
            timers = null;
        }
    }

    /** It has succeeded; the next pause is the first one again. */
    synchronized void beginAnew() {
        delay = FIRST;
    }

    /** Sees to the next attempt; tells whether it has lasted for some seconds. */
    synchronized boolean later() {
        boolean isLasting = delay.equals(LONGEST);
        if (timers != null && !waiting) {
            waiting = true;
            timers.after(delay, this::run);
            Duration twice = delay.multipliedBy(2);
            delay = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        }
        return isLasting;
    }

    private void run() {
        synchronized (this) {
            waiting = false;
        }
        attempt.run();
    }
}
