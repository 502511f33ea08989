package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a station may still send: at most a share of any stretch of time of a given length, for example one percent of
 * every hour. Time on air is kept in slices of a sixtieth of that length and forgotten slice by slice, so that the limit
 * holds for every stretch, wherever it begins; at most a sixtieth is forgone. Pure; times are those of one monotonic
 * clock. Threads: one at a time.
 */
final class AirtimeBudget {

    private static final int SLICES = 60;

    private static final class Slice {
        private final long endNanos;
        private long usedNanos;

        Slice(long endNanos) {
            this.endNanos = endNanos;
        }
    }

    private final long windowNanos;
    private final long sliceNanos;
    private final Deque<Slice> slices = new ArrayDeque<>();
    private double share;
    private long usedNanos;

    /**
     * Makes a budget of which nothing is used.
     *
     * @param share above 0 to 1; 1 means no limit
     */
    AirtimeBudget(Duration window, double share) {
        windowNanos = window.toNanos();
        sliceNanos = Math.max(1, windowNanos / SLICES);
        share(share);
    }

    /** Another share from now on; what was used stays used. */
    void share(double changed) {
        if (!(changed > 0 && changed <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, got " + changed);
        }
        share = changed;
    }

    double share() {
        return share;
    }

    /** All that may be sent within the window. */
    Duration allowance() {
        return Duration.ofNanos((long) (windowNanos * share));
    }

    /** How long to wait until so much may be sent; zero: now; {@link Long#MAX_VALUE}: it is more than the allowance. */
    long nanosUntil(long neededNanos, long now) {
        if (share >= 1) {
            return 0;
        }
        long allowed = (long) (windowNanos * share);
        if (neededNanos > allowed) {
            return Long.MAX_VALUE;
        }
        forget(now);
        long excess = usedNanos + neededNanos - allowed;
        if (excess <= 0) {
            return 0;
        }
        for (Slice slice : slices) {
            excess -= slice.usedNanos;
            if (excess <= 0) {
                return slice.endNanos + windowNanos - now;
            }
        }
        return Long.MAX_VALUE; // not reached: all slices together are what is used
    }

    /** Counts what is being sent, whether it is allowed or not. */
    void use(long nanos, long now) {
        forget(now);
        Slice current = slices.peekLast();
        if (current == null || current.endNanos - now <= 0) {
            current = new Slice(now + sliceNanos);
            slices.add(current);
        }
        current.usedNanos += nanos;
        usedNanos += nanos;
    }

    /** The share of the window that was used until now. */
    double usedShare(long now) {
        forget(now);
        return (double) usedNanos / windowNanos;
    }

    private void forget(long now) {
        while (!slices.isEmpty() && slices.peek().endNanos + windowNanos - now <= 0) {
            usedNanos -= slices.poll().usedNanos;
        }
    }
}
