package io.kairos.core.router.ports;

import io.kairos.api.transport.BurstLimits;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Notices bursts of announces or path requests on one interface (docs/protocol/transport.md, ingress limiting).
 *
 * <p>Threads: owned by the owner of the tables; {@link #isActive} may be asked by any.
 */
public final class BurstGuard {

    private final RateMeter meter;
    private final Supplier<BurstLimits> limits;
    private final ToDoubleFunction<BurstLimits> whileNew;
    private final ToDoubleFunction<BurstLimits> later;
    private final int samplesToEnd;
    private final long createdAt;
    private volatile boolean active;
    private volatile long activatedAt;

    private BurstGuard(
            RateMeter meter,
            Supplier<BurstLimits> limits,
            ToDoubleFunction<BurstLimits> whileNew,
            ToDoubleFunction<BurstLimits> later,
            int samplesToEnd,
            long createdAt) {
        this.meter = meter;
        this.limits = limits;
        this.whileNew = whileNew;
        this.later = later;
        this.samplesToEnd = samplesToEnd;
        this.createdAt = createdAt;
    }

    /** @param limits asked each time, because they may change */
    static BurstGuard announces(RateMeter meter, Supplier<BurstLimits> limits, long createdAt) {
        return new BurstGuard(meter, limits, BurstLimits::newAnnounces, BurstLimits::announces, 2, createdAt);
    }

    /** @param limits asked each time, because they may change */
    static BurstGuard requests(RateMeter meter, Supplier<BurstLimits> limits, long createdAt) {
        return new BurstGuard(meter, limits, BurstLimits::newRequests, BurstLimits::requests, 0, createdAt);
    }

    public boolean isActive() {
        return active;
    }

    /** When the last burst began, in router time; 0 for never. Any thread. */
    public long activatedAt() {
        return activatedAt;
    }

    /** Whether a burst is going on; the call that finds it over still says yes. */
    public boolean limits(long now) {
        double rate = meter.perSecond(now);
        double threshold = threshold(now);
        if (!active) {
            active = rate > threshold;
            activatedAt = active ? now : activatedAt;
            return active;
        }
        if (rate < threshold && now > activatedAt + limits.get().hold().toMillis() && meter.samples() >= samplesToEnd) {
            active = false;
        }
        return true;
    }

    /** Whether the rate is so low that what was held may be released. Asked often, so it forgets no sample. */
    public boolean isCalm(long now) {
        return meter.shown(now) < threshold(now);
    }

    private double threshold(long now) {
        BurstLimits chosen = limits.get();
        boolean isNew = now - createdAt < chosen.newFor().toMillis();
        return (isNew ? whileNew : later).applyAsDouble(chosen);
    }
}
