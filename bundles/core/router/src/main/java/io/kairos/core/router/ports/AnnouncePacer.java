package io.kairos.core.router.ports;

import io.kairos.api.packet.DestinationHash;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Keeps relayed announces within their share of one interface's bit rate; what exceeds it waits, nearest first, then
 * oldest first (docs/protocol/transport.md, announce cap).
 *
 * <p>Threads: owned by the owner of the tables; {@link #size} may be asked by any.
 */
public final class AnnouncePacer {

    /** Announces that wait on one interface at most. */
    public static final int MOST = 16_384;

    /** How long an announce waits at most. */
    public static final Duration LIFETIME = Duration.ofDays(1);

    private static final long LIFETIME_NANOS = LIFETIME.toNanos();

    /** A timer that fires late must not cost bandwidth: pauses are counted from when they were due, up to this. */
    private static final long CATCH_UP_NANOS = 100_000_000L;

    private final TreeSet<Queued> queue =
            new TreeSet<>(Comparator.comparingInt(Queued::hops).thenComparingLong(Queued::order));
    private final Map<DestinationHash, Queued> byDestination = new HashMap<>();
    private long allowedAt;
    private long order;
    private volatile int size;

    AnnouncePacer(long nowNanos) {
        allowedAt = nowNanos - 1;
    }

    /** What happens to an offered announce. */
    public enum Verdict {
        SEND_NOW,
        QUEUED,
        /** The first in the queue: somebody has to call {@link #next} after {@link #waitNanos}. */
        QUEUED_FIRST,
        KEPT_NEWER,
        FULL
    }

    /** An announce that waits. */
    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    public record Queued(DestinationHash destination, int hops, long emission, byte[] raw, long atNanos, long order) {}

    public int size() {
        return size;
    }

    /** Whether nothing waits and the budget is not used up. */
    public boolean isFree(long nowNanos) {
        return size == 0 && nowNanos - allowedAt > 0;
    }

    /** Uses up budget for a packet. */
    public void charge(int bytes, long bitsPerSecond, double share, long nowNanos) {
        allowedAt = nowNanos + cost(bytes, bitsPerSecond, share);
    }

    public Verdict offer(
            DestinationHash destination, int hops, long emission, byte[] raw, long bits, double share, long nowNanos) {
        if (isFree(nowNanos)) {
            charge(raw.length, bits, share, nowNanos);
            return Verdict.SEND_NOW;
        }
        Queued old = byDestination.get(destination);
        if (old != null && emission <= old.emission) {
            return Verdict.KEPT_NEWER;
        }
        if (old == null && size >= MOST) {
            return Verdict.FULL;
        }
        boolean first = size == 0;
        if (old != null) {
            queue.remove(old);
        }
        Queued added = new Queued(destination, hops, emission, raw, nowNanos, order++);
        queue.add(added);
        byDestination.put(destination, added);
        size = queue.size();
        return first ? Verdict.QUEUED_FIRST : Verdict.QUEUED;
    }

    /** Nanoseconds until {@link #next} may give something; not positive when it may now. */
    public long waitNanos(long nowNanos) {
        return allowedAt - nowNanos;
    }

    /** Takes out the announce to send now and charges it; {@code null} where none is due. */
    public Queued next(long bits, double share, long nowNanos) {
        if (size == 0 || nowNanos - allowedAt < 0) {
            return null;
        }
        Queued first = queue.pollFirst();
        byDestination.remove(first.destination);
        size = queue.size();
        long from = nowNanos - allowedAt < CATCH_UP_NANOS ? allowedAt : nowNanos;
        allowedAt = from + cost(first.raw.length, bits, share);
        return first;
    }

    /** Drops what has waited for a day; tells how many. */
    public int expire(long nowNanos) {
        if (size == 0) {
            return 0;
        }
        int before = size;
        queue.removeIf(queued -> nowNanos - queued.atNanos > LIFETIME_NANOS);
        byDestination.values().retainAll(queue);
        size = queue.size();
        return before - size;
    }

    /** Drops everything; tells how many. */
    public int clear() {
        int dropped = size;
        queue.clear();
        byDestination.clear();
        size = 0;
        return dropped;
    }

    private static long cost(int bytes, long bitsPerSecond, double share) {
        return (long) (bytes * 8e9 / bitsPerSecond / share);
    }
}
