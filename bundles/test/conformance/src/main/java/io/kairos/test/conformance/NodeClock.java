package io.kairos.test.conformance;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.core.clock.SystemClock;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;

/** The time of one node: the machine's, or a clock that is moved to the machine's time between commands. */
final class NodeClock implements AutoCloseable {

    private final SystemClock machine = new SystemClock();
    private final ManualClock manual;
    private final long startNanos;
    private Duration ahead = Duration.ZERO;

    NodeClock(NodeSettings settings) {
        long wallMillis = settings.startMillis().orElseGet(machine::wallMillis);
        startNanos = machine.nanos();
        manual = settings.stepped() ? new ManualClock(wallMillis) : null;
    }

    Clock clock() {
        return manual == null ? machine : manual;
    }

    Timers timers() {
        return manual == null ? machine : manual;
    }

    /** Lets time pass on a stepped clock, which is ahead of the machine's from then on. */
    void pass(Duration duration) {
        ahead = ahead.plus(duration);
        manual.advance(duration);
    }

    /** Lets a stepped clock reach the machine's time; what is due runs on this thread. */
    void catchUp() {
        if (manual != null) {
            manual.advance(
                    Duration.ofNanos(Math.max(0, machine.nanos() - startNanos + ahead.toNanos() - manual.nanos())));
        }
    }

    /** Runs what is due at this very moment. */
    void settle() {
        if (manual != null) {
            manual.advance(Duration.ZERO);
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}
