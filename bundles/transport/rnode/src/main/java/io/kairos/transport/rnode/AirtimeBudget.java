package io.kairos.transport.rnode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a station may still send: at most a share of any stretch of time of a given length, for example one percent of
 * every hour. Time on air is kept in slices of a sixtieth of that length and forgotten slice by slice, so that the limit
 * holds for every stretch, wherever it begins; at most a sixtieth is forgone. Pure; times are those of one monotonic
 * clock. Threads: any.
 */
final class AirtimeBudget {

    private static final int SLICES = 60;

    /**
     * A stretch of sending that still counts.
     *
     * @param endNanos the latest moment at which it was
     * @param airNanos time on air
     */
    record Sent(long endNanos, long airNanos) {}

    private static final class Slice {
        private final long endNanos;
        private long usedNanos;

        Slice(long endNanos) {
            this.endNanos = endNanos;
        }
    }

    private final long windowNanos;
    private final long sliceNanos;

    // ---- guarded by this ----
    private final Deque<Slice> slices = new ArrayDeque<>();
    private double share;
    private long usedNanos;
    private long everNanos;

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
    synchronized void share(double changed) {
        if (!(changed > 0 && changed <= 1)) {
            throw new IllegalArgumentException("a share is above 0 and at most 1, got " + changed);
        }
        share = changed;
    }

    synchronized double share() {
        return share;
    }

    /** All that may be sent within the window. */
    synchronized Duration allowance() {
        return Duration.ofNanos((long) (windowNanos * share));
    }

    /** How long to wait until so much may be sent; zero: now; {@link Long#MAX_VALUE}: it is more than the allowance. */
    synchronized long nanosUntil(long neededNanos, long now) {
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
    synchronized void use(long nanos, long now) {
        forget(now);
        Slice current = slices.peekLast();
        if (current == null || current.endNanos - now <= 0) {
            current = new Slice(now + sliceNanos);
            slices.add(current);
        }
        current.usedNanos += nanos;
        usedNanos += nanos;
        everNanos += nanos;
    }

    /** All that was counted since this was made; never less than before. */
    synchronized long everNanos() {
        return everNanos;
    }

    /** What still counts, oldest first. */
    synchronized List<Sent> sent(long now) {
        forget(now);
        return slices.stream()
                .map(slice -> new Sent(slice.endNanos, slice.usedNanos))
                .toList();
    }

    /** Counts what was sent before this was made. */
    synchronized void remember(List<Sent> before, long now) {
        List<Slice> all = new ArrayList<>(slices);
        for (Sent sent : before) {
            Slice slice = new Slice(sent.endNanos);
            slice.usedNanos = sent.airNanos;
            usedNanos += sent.airNanos;
            all.add(slice);
        }
        all.sort((one, other) -> Long.compare(one.endNanos - now, other.endNanos - now));
        slices.clear();
        slices.addAll(all);
        forget(now);
    }

    /** The share of the window that was used until now. */
    synchronized double usedShare(long now) {
        forget(now);
        return (double) usedNanos / windowNanos;
    }

    private void forget(long now) {
        while (!slices.isEmpty() && slices.peek().endNanos + windowNanos - now <= 0) {
            usedNanos -= slices.poll().usedNanos;
        }
    }
}
