package io.kairos.core.router.path;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.wire.Announce;
import java.util.OptionalDouble;

/**
 * One way to a destination with its evidence, in little memory. Threads: written by the owner of the tables, except for
 * {@link #markUsed}; what forwarding reads is final or volatile.
 */
public final class Candidate {

    private final Anchor anchor;
    private final long nextHigh;
    private final long nextLow;
    private final long heard;
    private final long expires;
    private final long emission;
    private final Announce announce;
    private volatile int hops;
    private volatile long used;
    private Responsiveness responsiveness = Responsiveness.UNKNOWN;
    private float roundTripMillis = Float.NaN;
    private float lossShare = Float.NaN;

    public Candidate(
            Anchor anchor, DestinationHash next, int hops, long heard, long used, long expires, Announce announce) {
        this.anchor = anchor;
        this.nextHigh = next.high();
        this.nextLow = next.low();
        this.hops = hops;
        this.heard = heard;
        this.used = used;
        this.expires = expires;
        this.emission = announce.emissionSeconds();
        this.announce = announce;
    }

    public Anchor anchor() {
        return anchor;
    }

    /** The interface, or {@code null} while it is away. */
    public Port port() {
        return anchor.port();
    }

    /** Whether packets can be sent this way now. */
    public boolean isUp() {
        Port port = anchor.port();
        return port != null && port.isUp();
    }

    /** Whether the destination lives in a program that this node serves. */
    public boolean isOfProgram() {
        Port port = anchor.port();
        return hops == 0 && port != null && port.isProgram();
    }

    /** First half of the next node's address. */
    public long nextHigh() {
        return nextHigh;
    }

    /** Second half of the next node's address. */
    public long nextLow() {
        return nextLow;
    }

    public DestinationHash next() {
        return new DestinationHash(nextHigh, nextLow);
    }

    public int hops() {
        return hops;
    }

    public void correctHops(int to) {
        hops = to;
    }

    public long heard() {
        return heard;
    }

    public long used() {
        return used;
    }

    /** Any thread. */
    public void markUsed(long now) {
        if (used != now) {
            used = now;
        }
    }

    public long expires() {
        return expires;
    }

    public long emission() {
        return emission;
    }

    public Announce announce() {
        return announce;
    }

    Responsiveness responsiveness() {
        return responsiveness;
    }

    /** The path did not answer. */
    void failed() {
        responsiveness = Responsiveness.UNRESPONSIVE;
        lossShare = blend(lossShare, 1);
    }

    /** The path answered. */
    void answered(double millis) {
        responsiveness = Responsiveness.RESPONSIVE;
        roundTripMillis = blend(roundTripMillis, (float) millis);
        lossShare = blend(lossShare, 0);
    }

    private static float blend(float old, float now) {
        return Float.isNaN(old) ? now : old + (now - old) / 4;
    }

    boolean sameWay(Candidate other) {
        return anchor == other.anchor && nextHigh == other.nextHigh && nextLow == other.nextLow;
    }

    /**
     * As strategies and operators see it.
     *
     * @param timebase emission time that counts, which for the path in use is the largest of all its announces
     * @param offset added to times, to turn router time into wall-clock time
     */
    PathCandidate view(long timebase, long offset) {
        Port port = anchor.port();
        return new PathCandidate(
                next(),
                anchor.name(),
                hops,
                heard + offset,
                used + offset,
                expires + offset,
                timebase,
                responsiveness,
                port == null ? io.kairos.api.transport.InterfaceMode.FULL : port.mode(),
                port == null ? 0 : port.policy().gravity(),
                port == null ? 5 : port.budget().bitsPerSecond(),
                port == null ? 0 : port.budget().costPerMegabyte(),
                Float.isNaN(roundTripMillis) ? OptionalDouble.empty() : OptionalDouble.of(roundTripMillis),
                Float.isNaN(lossShare) ? OptionalDouble.empty() : OptionalDouble.of(lossShare),
                port != null && port.isUp());
    }
}
