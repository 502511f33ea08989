package io.kairos.core.router;

import io.kairos.api.time.Clock;

/**
 * The router's time: milliseconds that start at the wall clock's time and then run with the monotonic clock. A clock that
 * is set while the node runs (a board without battery, minutes after its start) must not make every path look years old.
 */
public final class NodeTime {

    private final Clock clock;
    private final long originMillis;
    private final long originNanos;

    public NodeTime(Clock clock) {
        this.clock = clock;
        this.originMillis = clock.wallMillis();
        this.originNanos = clock.nanos();
    }

    /** Now, on the scale of this object. */
    public long millis() {
        return originMillis + (clock.nanos() - originNanos) / 1_000_000;
    }

    /** Monotonic nanoseconds. */
    public long nanos() {
        return clock.nanos();
    }

    /** Milliseconds since this object was made. */
    public long uptimeMillis() {
        return millis() - originMillis;
    }

    /** A time of this scale as wall-clock time, for displays and for storage; 0 stays 0. */
    public long toWall(long millis) {
        return millis == 0 ? 0 : millis + clock.wallMillis() - millis();
    }

    /** A stored wall-clock time on this scale, never in the future. */
    public long fromWall(long wallMillis) {
        return wallMillis == 0 ? 0 : millis() - Math.max(0, clock.wallMillis() - wallMillis);
    }
}
