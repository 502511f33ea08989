package io.kairos.core.clock;

import io.kairos.api.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the machine, and timers on two threads of their own. What the node uses is {@code LastingTime}, which takes
 * its time from here and lives on while this bundle is replaced.
 *
 * <p>Threads: {@code kairos-clock-1} and {@code kairos-clock-2}, daemons; they end in {@link #close()}.
 */
@Component(service = TimeSource.class, immediate = true)
public final class SystemClock implements TimeSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SystemClock.class);
    private static final int THREADS = 2; // one long task must not stop the others
    private static final long CLOSE_MILLIS = 900; // promised: everything ends within a second

    private final ScheduledThreadPoolExecutor pool;

    @Activate
    public SystemClock() {
        AtomicInteger number = new AtomicInteger();
        pool = new ScheduledThreadPoolExecutor(
                THREADS,
                task -> {
                    Thread thread = new Thread(task, "kairos-clock-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                // Whoever still holds this clock after its end gets timers that never fire, not an exception.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.setRemoveOnCancelPolicy(true); // cancelled time-outs of links must not pile up until they would have fired
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
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
        long nanos = Math.max(0, nanosOf(delay));
        return new PendingTask(pool.schedule(guarded(task), nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        long nanos = nanosOf(period);
        if (nanos <= 0) {
            throw new IllegalArgumentException("a period must be positive, got " + period);
        }
        return new PendingTask(pool.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
    }

    /** Ends all timers; a task under way may finish, and is interrupted if it takes long. Returns within a second. */
    @Deactivate
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (pool.awaitTermination(CLOSE_MILLIS / 2, TimeUnit.MILLISECONDS)) {
                return;
            }
            pool.shutdownNow();
            if (!pool.awaitTermination(CLOSE_MILLIS / 2, TimeUnit.MILLISECONDS)) {
                LOG.warn("A timer task is still running although the clock was stopped; restart the node if it does not"
                        + " settle");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many tasks wait; for tests. */
    int waiting() {
        return pool.getQueue().size();
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) { // also errors: a class that left with its bundle must not end a periodic task
                LOG.error("A timer task failed; the others go on. Please report this", e);
            }
        };
    }

    /** Saturates instead of overflowing, so that "in a thousand years" means never. */
    private static long nanosOf(Duration duration) {
        try {
            // Half of the range: the pool compares times by subtraction.
            return Math.min(duration.toNanos(), Long.MAX_VALUE >> 1);
        } catch (ArithmeticException e) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE >> 1;
        }
    }

    private record PendingTask(Future<?> future) implements Timer {

        @Override
        public void cancel() {
            future.cancel(false);
        }
    }
}
