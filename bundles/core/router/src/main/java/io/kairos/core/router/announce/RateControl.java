package io.kairos.core.router.announce;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.api.transport.InterfacePolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stops repeating announces of destinations that announce too often (docs/protocol/transport.md, announce rate control).
 *
 * <p>Threads: {@link #isBlocked} and {@link #cull} belong to the owner of the tables; entries are values, so that any
 * thread may look at them.
 */
public final class RateControl {

    private static final int TARGET_SECONDS = 3600;
    private static final int GRACE = 5;
    private static final int TIMESTAMPS = 16;
    private static final long QUIET_MILLIS = 86_400_000;

    private final Map<DestinationHash, Rate> rates = new ConcurrentHashMap<>();
    private final boolean forwards;
    private final int limit;

    private record Rate(long last, int violations, long blockedUntil, List<Long> timestamps) {}

    /**
     * @param forwards whether the node forwards for others, which gives interfaces without settings a rate target
     * @param limit most destinations whose rate is watched
     */
    public RateControl(boolean forwards, int limit) {
        this.forwards = forwards;
        this.limit = limit;
    }

    /** Counts an accepted announce; tells whether it must not be repeated. */
    public boolean isBlocked(DestinationHash destination, InterfacePolicy policy, long now) {
        int target = policy.announceRateTargetSeconds();
        int grace = Math.max(0, policy.announceRateGrace());
        int penalty = Math.max(0, policy.announceRatePenaltySeconds());
        if (target < 0) {
            target = forwards ? TARGET_SECONDS : 0;
            grace = policy.announceRateGrace() < 0 ? GRACE : grace;
        }
        if (target == 0) {
            return false;
        }
        Rate rate = rates.get(destination);
        if (rate == null) {
            if (rates.size() < limit) {
                rates.put(destination, new Rate(now, 0, 0, List.of(now)));
            }
            return false;
        }
        Rate next = step(rate, now, target * 1000L, grace, penalty * 1000L);
        rates.put(destination, next);
        return next.last != now;
    }

    /** The announce is blocked exactly when {@code last} of the result is not {@code now}. */
    private static Rate step(Rate rate, long now, long target, int grace, long penalty) {
        List<Long> timestamps = new ArrayList<>(rate.timestamps);
        timestamps.add(now);
        List<Long> newest =
                List.copyOf(timestamps.subList(Math.max(0, timestamps.size() - TIMESTAMPS), timestamps.size()));
        if (now <= rate.blockedUntil) {
            return new Rate(rate.last, rate.violations, rate.blockedUntil, newest);
        }
        boolean early = now - rate.last < target;
        int violations = early ? rate.violations + 1 : Math.max(0, rate.violations - 1);
        return violations > grace
                ? new Rate(rate.last, violations, rate.last + target + penalty, newest)
                : new Rate(now, violations, rate.blockedUntil, newest);
    }

    /** Forgets destinations that have been quiet for a day and are not blocked. */
    public void cull(long now) {
        rates.values().removeIf(rate -> now - rate.last > QUIET_MILLIS && now > rate.blockedUntil);
    }

    /** All rates, with {@code offset} added to times to turn router time into wall-clock time. */
    public List<PathTable.RateView> views(long offset) {
        List<PathTable.RateView> views = new ArrayList<>();
        rates.forEach((destination, rate) -> views.add(new PathTable.RateView(
                destination,
                rate.last + offset,
                rate.violations,
                rate.blockedUntil == 0 ? 0 : rate.blockedUntil + offset,
                rate.timestamps.stream().map(at -> at + offset).toList())));
        return views;
    }
}
