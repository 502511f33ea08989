package io.kairos.transport.satellite;

import java.time.Duration;

/**
 * When the satellite can be reached.
 *
 * @param firstMillis begin of any one window, in milliseconds of wall time
 * @param period from the begin of one window to the begin of the next; zero: it can always be reached
 * @param length of each window
 */
record Windows(long firstMillis, Duration period, Duration length) {

    /** Always reachable. */
    static final Windows ALWAYS = new Windows(0, Duration.ZERO, Duration.ZERO);

    boolean isOpen(long nowMillis) {
        return period.isZero() || intoPeriod(nowMillis) < length.toMillis();
    }

    /** How long it stays as it is now: until the window closes, or until it opens. */
    Duration untilChange(long nowMillis) {
        long into = intoPeriod(nowMillis);
        return Duration.ofMillis((isOpen(nowMillis) ? length.toMillis() : period.toMillis()) - into);
    }

    /** Whether something ever changes. */
    boolean everCloses() {
        return !period.isZero() && length.compareTo(period) < 0;
    }

    private long intoPeriod(long nowMillis) {
        return Math.floorMod(nowMillis - firstMillis, period.toMillis());
    }
}
