package io.kairos.test.kit;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A medium that exists only in a test: what one station sends all others hear, as late, as seldom and as rarely as its
 * {@link LineConditions} say. Time is that of a {@link ManualClock}: a day of a satellite takes milliseconds, and one seed
 * always gives the same losses.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * SimulatedMedium medium = new SimulatedMedium(clock, clock, 7, PERFECT.withBitsPerSecond(1200).withLoss(0.1));
 * SimulatedStation ground = medium.station("ground");
 * medium.station("sky").onFrame(frame -> heard.add(frame));
 * ground.send(frame);
 * clock.advance(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Threads: any may send; frames are handed over by the thread that advances the clock.
 */
public final class SimulatedMedium {

    private final Clock clock;
    private final Timers timers;
    private final long origin;

    // ---- guarded by this ----
    private final Random random;
    private final Map<String, SimulatedStation> stations = new LinkedHashMap<>();
    private LineConditions conditions;
    private boolean cut;

    /**
     * Makes a medium without stations.
     *
     * @param timers when frames arrive; usually the same {@link ManualClock} as {@code clock}
     * @param seed decides what is lost; print it where a test draws it
     */
    public SimulatedMedium(Clock clock, Timers timers, long seed, LineConditions conditions) {
        this.clock = clock;
        this.timers = timers;
        this.origin = clock.nanos();
        this.random = new Random(seed);
        this.conditions = conditions;
    }

    /** The station of this name; made when it is asked for the first time. */
    public synchronized SimulatedStation station(String name) {
        return stations.computeIfAbsent(name, given -> new SimulatedStation(given, this, clock, timers));
    }

    public synchronized LineConditions conditions() {
        return conditions;
    }

    /** Other conditions for what is sent from now on. */
    public synchronized void conditions(LineConditions changed) {
        conditions = changed;
    }

    /** Cuts the medium or mends it; what is under way while it is cut is lost. */
    public synchronized void cut(boolean isCut) {
        cut = isCut;
    }

    /** Whether something can be sent now: the medium is not cut, and its window is open. */
    public synchronized boolean isOpen() {
        return !cut && openFor() > 0;
    }

    /** How long until the next window opens; zero while it is open. */
    public synchronized Duration untilOpen() {
        return openFor() > 0 ? Duration.ZERO : conditions.windowPeriod().minusNanos(intoPeriod());
    }

    /** How long the window stays open, in nanoseconds. */
    private long openFor() {
        return conditions.isAlwaysOpen()
                ? Long.MAX_VALUE
                : conditions.windowLength().toNanos() - intoPeriod();
    }

    private long intoPeriod() {
        return (clock.nanos() - origin) % conditions.windowPeriod().toNanos();
    }

    /** Whether a frame that takes so long from now on is through before the window closes. */
    synchronized boolean staysOpenFor(long nanos) {
        return !cut && openFor() >= nanos;
    }

    /** Who hears a frame of {@code sender}; losses are drawn now, so that the order of deliveries does not matter. */
    synchronized List<SimulatedStation> hearers(SimulatedStation sender) {
        List<SimulatedStation> hearers = new ArrayList<>();
        for (SimulatedStation station : stations.values()) {
            if (station != sender && random.nextDouble() >= conditions.loss()) {
                hearers.add(station);
            }
        }
        return hearers;
    }

    synchronized int others() {
        return stations.size() - 1;
    }

    synchronized boolean isCut() {
        return cut;
    }
}
