package io.kairos.api.time.lasting;

import io.kairos.api.time.Clock;
import io.kairos.api.time.TimeSource;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The clock and the timers of the node, in the bundle that everybody is wired to anyway: so that replacing the source of the
 * time stops nobody. While there is no source the clock goes on and tasks wait for the next one.
 *
 * <p>Threads: any. Tasks run on the threads of the source.
 */
@Component(
        service = {Clock.class, Timers.class},
        immediate = true)
public final class LastingTime implements Clock, Timers {

    /** Every task that has yet to run, whichever source counts its time. */
    private final Set<LastingTask> waiting = ConcurrentHashMap.newKeySet();

    private volatile TimeSource source;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindSource(TimeSource present) {
        source = present;
        waiting.forEach(LastingTask::arm);
    }

    public void unbindSource(TimeSource gone) {
        if (source == gone) {
            source = null;
        }
    }

    @Override
    public long wallMillis() {
        TimeSource present = source;
        return present == null ? System.currentTimeMillis() : present.wallMillis();
    }

    @Override
    public long nanos() {
        TimeSource present = source;
        return present == null ? System.nanoTime() : present.nanos();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return begin(new LastingTask(this, task, nanosOf(delay), 0));
    }

    @Override
    public Timer every(Duration period, Runnable task) {
        long nanos = nanosOf(period);
        if (nanos <= 0) {
            throw new IllegalArgumentException("a period must be positive, got " + period);
        }
        return begin(new LastingTask(this, task, nanos, nanos));
    }

    /** How many tasks wait; for tests. */
    int waiting() {
        return waiting.size();
    }

    TimeSource source() {
        return source;
    }

    void forget(LastingTask task) {
        waiting.remove(task);
    }

    boolean isWaiting(LastingTask task) {
        return waiting.contains(task);
    }

    private LastingTask begin(LastingTask task) {
        waiting.add(task);
        task.arm();
        return task;
    }

    /** Saturates instead of overflowing, so that "in a thousand years" means never. */
    private static long nanosOf(Duration duration) {
        try {
            // Half of the range: times are compared by subtraction.
            return Math.min(Math.max(0, duration.toNanos()), Long.MAX_VALUE >> 1);
        } catch (ArithmeticException e) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE >> 1;
        }
    }
}
