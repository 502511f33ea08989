package io.kairos.core.router.ports;

/**
 * Notices bursts of announces or path requests on one interface (docs/protocol/transport.md, ingress limiting).
 *
 * <p>Threads: owned by the owner of the tables; {@link #isActive} may be asked by any.
 */
public final class BurstGuard {

    private static final long NEW_FOR_MILLIS = 7_200_000;
    private static final long HOLD_MILLIS = 15_000;

    private final RateMeter meter;
    private final double newThreshold;
    private final double oldThreshold;
    private final int samplesToEnd;
    private final long createdAt;
    private volatile boolean active;
    private volatile long activatedAt;

    private BurstGuard(RateMeter meter, double newThreshold, double oldThreshold, int samplesToEnd, long createdAt) {
        this.meter = meter;
        this.newThreshold = newThreshold;
        this.oldThreshold = oldThreshold;
        this.samplesToEnd = samplesToEnd;
        this.createdAt = createdAt;
    }

    static BurstGuard announces(RateMeter meter, long createdAt) {
        return new BurstGuard(meter, 3, 10, 2, createdAt);
    }

    static BurstGuard requests(RateMeter meter, long createdAt) {
        return new BurstGuard(meter, 3, 8, 0, createdAt);
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
        if (rate < threshold && now > activatedAt + HOLD_MILLIS && meter.samples() >= samplesToEnd) {
            active = false;
        }
        return true;
    }

    /** Whether the rate is so low that what was held may be released. */
    public boolean isCalm(long now) {
        return meter.perSecond(now) < threshold(now);
    }

    private double threshold(long now) {
        return now - createdAt < NEW_FOR_MILLIS ? newThreshold : oldThreshold;
    }
}
