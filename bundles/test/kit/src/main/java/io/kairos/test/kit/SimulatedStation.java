package io.kairos.test.kit;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * One station at a {@link SimulatedMedium}. It sends one frame after the other, each for as long as its bits take.
 *
 * <p>Threads: any may send; frames are handed over by the thread that advances the clock.
 */
public final class SimulatedStation {

    /** What became of a frame that was to be sent. */
    public enum Outcome {
        SENT,
        /** The medium is cut, its window is closed, or it closes before the frame is through. */
        CLOSED,
        /** The station has used up its share of time on air. */
        DUTY_CYCLE
    }

    /**
     * What a station has done.
     *
     * @param sentFrames frames that were sent
     * @param sentBytes bytes of these frames
     * @param refusedFrames frames that could not be sent
     * @param heardFrames frames of others that arrived
     * @param lostFrames frames of this station that a listener did not hear, counted for each listener
     * @param airtime how long it has been sending
     */
    public record Tally(
            long sentFrames, long sentBytes, long refusedFrames, long heardFrames, long lostFrames, Duration airtime) {}

    private record Transmission(long endNanos, long nanos) {}

    private final String name;
    private final SimulatedMedium medium;
    private final Clock clock;
    private final Timers timers;

    // ---- guarded by this ----
    private final Deque<Transmission> recent = new ArrayDeque<>();
    private Consumer<byte[]> listener = frame -> {};
    private long recentNanos;
    private long freeAt;
    private long sentFrames;
    private long sentBytes;
    private long refusedFrames;
    private long heardFrames;
    private long lostFrames;
    private long airtimeNanos;

    SimulatedStation(String name, SimulatedMedium medium, Clock clock, Timers timers) {
        this.name = name;
        this.medium = medium;
        this.clock = clock;
        this.timers = timers;
        this.freeAt = clock.nanos();
    }

    public String name() {
        return name;
    }

    public SimulatedMedium medium() {
        return medium;
    }

    /** Where frames of other stations go; an earlier listener is replaced. */
    public synchronized void onFrame(Consumer<byte[]> heard) {
        listener = heard;
    }

    /** Sends a copy of {@code frame} after what is being sent already. */
    public synchronized Outcome send(byte[] frame) {
        LineConditions line = medium.conditions();
        long now = clock.nanos();
        long takes = (long) Math.ceil(frame.length * 8e9 / line.bitsPerSecond());
        long start = Math.max(now, freeAt);
        long through = start + takes - now;
        if (!medium.staysOpenFor(through)) {
            refusedFrames++;
            return Outcome.CLOSED;
        }
        if (!hasAirtime(line, now + through, takes)) {
            refusedFrames++;
            return Outcome.DUTY_CYCLE;
        }
        freeAt = now + through;
        recent.add(new Transmission(freeAt, takes));
        recentNanos += takes;
        airtimeNanos += takes;
        sentFrames++;
        sentBytes += frame.length;
        List<SimulatedStation> hearers = medium.hearers(this);
        lostFrames += medium.others() - hearers.size();
        byte[] copy = frame.clone();
        timers.after(line.delay().plusNanos(through), () -> arrive(hearers, copy));
        return Outcome.SENT;
    }

    /** How long what is being sent keeps this station busy; zero while it is free. */
    public synchronized Duration busyFor() {
        return Duration.ofNanos(Math.max(0, freeAt - clock.nanos()));
    }

    public synchronized Tally tally() {
        return new Tally(sentFrames, sentBytes, refusedFrames, heardFrames, lostFrames, Duration.ofNanos(airtimeNanos));
    }

    private boolean hasAirtime(LineConditions line, long end, long takes) {
        while (!recent.isEmpty()
                && recent.peek().endNanos() <= end - line.dutyPeriod().toNanos()) {
            recentNanos -= recent.poll().nanos();
        }
        return recentNanos + takes <= line.dutyCycle() * line.dutyPeriod().toNanos();
    }

    private void arrive(List<SimulatedStation> hearers, byte[] frame) {
        if (medium.isCut()) {
            synchronized (this) {
                lostFrames += hearers.size();
            }
            return;
        }
        hearers.forEach(hearer -> hearer.hear(frame.clone()));
    }

    private void hear(byte[] frame) {
        Consumer<byte[]> heard;
        synchronized (this) {
            heardFrames++;
            heard = listener;
        }
        heard.accept(frame);
    }
}
