package io.kairos.test.kit;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock that stands until it is told to advance, and the timers that go with it. Tasks run on the thread that advances,
 * each at exactly its time, so a test covers hours in microseconds and always the same way.
 */
public final class ManualClock implements Clock, Timers {

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.atNanos).thenComparingLong(t -> t.order));
    private final long wallOrigin;
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
        return add(Math.max(0, delay.toNanos()), 0, task);
    }

    @Override
    public synchronized Timer every(Duration period, Runnable task) {
        return add(period.toNanos(), period.toNanos(), task);
    }

    /** Lets time pass and runs what falls due, in order. */
    public void advance(Duration by) {
        long end;
        synchronized (this) {
            end = nanos + by.toNanos();
        }
        while (true) {
            Task due;
            synchronized (this) {
                due = tasks.peek();
                if (due == null || due.atNanos > end) {
                    nanos = end;
                    return;
                }
                tasks.poll();
                nanos = Math.max(nanos, due.atNanos);
                if (due.periodNanos > 0 && !due.cancelled) {
                    due.atNanos += due.periodNanos;
                    tasks.add(due);
                }
            }
            if (!due.cancelled) {
                due.task.run();
            }
        }
    }

    /** How many tasks wait. */
    public synchronized int waiting() {
        return (int) tasks.stream().filter(task -> !task.cancelled).count();
    }

    private Timer add(long delayNanos, long periodNanos, Runnable task) {
        Task added = new Task(nanos + delayNanos, periodNanos, order++, task);
        tasks.add(added);
        return added;
    }

    private static final class Task implements Timer {

        private final long periodNanos;
        private final long order;
        private final Runnable task;
        private long atNanos;
        private volatile boolean cancelled;

        Task(long atNanos, long periodNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.periodNanos = periodNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
