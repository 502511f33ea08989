package io.kairos.test.contract;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The machine's clock and timers, for tests that talk through real sockets. */
public final class RealTime implements Clock, Timers, AutoCloseable {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "contract-timers");
        thread.setDaemon(true);
        return thread;
    });

    public RealTime() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return timer(executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS));
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        return timer(executor.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** How many tasks wait: an interface that was closed leaves none. */
    public int waiting() {
        return executor.getQueue().size();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static Timer timer(Future<?> future) {
        return () -> future.cancel(false);
    }
}
