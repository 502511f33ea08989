package io.kairos.api.time.lasting;

import io.kairos.api.time.TimeSource;
import io.kairos.api.time.Timers.Timer;
import java.time.Duration;

/**
 * A task that waits, at one source after the other. Each time it is armed the earlier arming is void: a source that was
 * about to run it just when it left does nothing any more.
 */
final class LastingTask implements Timer {

    private final LastingTime time;
    private final Runnable task;
    private final long periodNanos; // 0: once

    // ---- guarded by this ----
    private long dueNanos;
    private int arming;
    private Timer armed;
    private boolean running;

    LastingTask(LastingTime time, Runnable task, long delayNanos, long periodNanos) {
        this.time = time;
        this.task = task;
        this.periodNanos = periodNanos;
        this.dueNanos = time.nanos() + delayNanos;
    }

    /** Gives it to the source that is there now, if there is one; the next one finds it by itself. */
    synchronized void arm() {
        TimeSource source = time.source();
        if (source != null && !running && time.isWaiting(this)) {
            int now = ++arming;
            Duration left = Duration.ofNanos(Math.max(0, dueNanos - source.nanos()));
            armed = source.after(left, () -> run(now));
        }
    }

    private void run(int which) {
        synchronized (this) {
            if (which != arming || !time.isWaiting(this)) {
                return; // armed anew meanwhile, or cancelled
            }
            if (periodNanos == 0) {
                time.forget(this);
            }
            running = true;
        }
        try {
            task.run();
        } finally {
            synchronized (this) {
                running = false;
                dueNanos = time.nanos() + periodNanos;
                arm();
            }
        }
    }

    @Override
    public void cancel() {
        Timer last;
        synchronized (this) {
            time.forget(this);
            arming++;
            last = armed;
            armed = null;
        }
        if (last != null) {
            last.cancel();
        }
    }
}
