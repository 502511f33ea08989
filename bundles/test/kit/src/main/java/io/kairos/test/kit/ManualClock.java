package io.kairos.test.kit;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that stands until it is told to advance, and the timers that go with it. Tasks run on the thread that advances,
 * each at exactly its time, so a test covers hours in microseconds and always the same way.
 *
 * <p>A task may schedule, cancel and even advance; what it schedules for this very instant runs within the same advance.
 * Other than with real timers a task that throws is not swallowed: the advance throws, and the test fails where it should.
 */
public final class ManualClock implements Clock, Timers {

    // ---- guarded by this ----
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.atNanos).thenComparingLong(t -> t.order));
    private long wallOrigin;
    private long nanos;
    private long order;

    public ManualClock(long wallMillis) {
        this.wallOrigin = wallMillis;
    }

    /** Starts on 2026-01-01T00:00Z. */
    public ManualClock() {
        this(1_767_225_600_000L);
    }

    @Override
    public synchronized long wallMillis() {
        return wallOrigin + nanos / 1_000_000;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable task) {
        return add(Math.max(0, nanosOf(delay)), 0, task);
    }

    @Override
    public synchronized Timer every(Duration period, Runnable task) {
        long periodNanos = nanosOf(period);
        if (periodNanos <= 0) {
            throw new IllegalArgumentException("a period must be positive, got " + period);
        }
        return add(periodNanos, periodNanos, task);
    }

    /** Lets time pass and runs what falls due, in order. Zero runs what is due now. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + nanosOf(by);
        }
        Task due = nextUntil(end);
        while (due != null) {
            due.task.run();
            due = nextUntil(end);
        }
    }

    /** Sets the wall clock forward or back, as an operator or NTP does; monotonic time and timers do not notice. */
    public synchronized void jumpWall(Duration by) {
        wallOrigin += by.toMillis();
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        return tasks.size();
    }

    /** Takes the next task that is due until {@code end} and sets the time to its moment; at last to {@code end}. */
    private synchronized Task nextUntil(long end) {
        Task due = tasks.peek();
        if (due == null || due.atNanos > end) {
            nanos = Math.max(nanos, end); // a task may have advanced the clock itself
            return null;
        }
        tasks.poll();
        nanos = Math.max(nanos, due.atNanos);
        if (due.periodNanos > 0) {
            due.atNanos += due.periodNanos;
            due.order = order++;
            tasks.add(due);
        }
        return due;
    }

    private Timer add(long delayNanos, long periodNanos, Runnable task) {
        Task added = new Task(nanos + delayNanos, periodNanos, order++, task);
        tasks.add(added);
        return added;
    }

    private synchronized void remove(Task task) {
        tasks.remove(task);
    }

    /** Saturates: "in a thousand years" means never. */
    private static long nanosOf(Duration duration) {
        try {
            return Math.min(duration.toNanos(), Long.MAX_VALUE >> 1);
        } catch (ArithmeticException e) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE >> 1;
        }
    }

    private final class Task implements Timer {

        private final long periodNanos;
        private final Runnable task;
        private long order;
        private long atNanos;

        Task(long atNanos, long periodNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.periodNanos = periodNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            remove(this);
        }
    }
}
