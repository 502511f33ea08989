package io.kairos.transport.local;

import io.kairos.api.time.Timers;
import java.time.Duration;

/** Timers whose long pauses are shorter, for tests that would wait for them. */
record QuickTimers(Timers real, int divisor) implements Timers {

    private static final Duration LONG = Duration.ofSeconds(8);

    @Override
    public Timer after(Duration delay, Runnable task) {
        return real.after(quick(delay), task);
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return real.every(quick(period), task);
    }

    private Duration quick(Duration pause) {
        return pause.equals(LONG) ? pause.dividedBy(divisor) : pause;
    }
}
