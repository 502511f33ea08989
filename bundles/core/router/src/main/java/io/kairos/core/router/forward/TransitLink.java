package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.table.Keyed;
import java.util.Optional;

/**
 * A link of others that passes through (docs/protocol/transport.md, link table). Its two sides are interfaces with the
 * number of hops from which packets of the link come. Threads: any.
 */
public final class TransitLink extends Keyed {

    private final Anchor towards;
    private final Anchor from;
    private final int takenHops;
    private final DestinationHash next;
    private final long destinationHigh;
    private final long destinationLow;
    private final long proofDeadline;
    private volatile int remainingHops;
    private volatile boolean validated;
    private volatile long used;

    /** @param next the node that its request was passed to; {@code null} where that was before the last start */
    public TransitLink(
            DestinationHash id,
            DestinationHash next,
            Anchor towards,
            int remainingHops,
            Anchor from,
            int takenHops,
            DestinationHash destination,
            boolean validated,
            long proofDeadline,
            long used) {
        super(id.high(), id.low());
        this.next = next;
        this.towards = towards;
        this.remainingHops = remainingHops;
        this.from = from;
        this.takenHops = takenHops;
        this.destinationHigh = destination.high();
        this.destinationLow = destination.low();
        this.validated = validated;
        this.proofDeadline = proofDeadline;
        this.used = used;
    }

    /** Which node its request was passed to: the destination itself where that is a neighbour. */
    public Optional<DestinationHash> next() {
        return Optional.ofNullable(next);
    }

    /** Interface towards the destination of the link. */
    public Anchor towards() {
        return towards;
    }

    /** Interface from which the link was requested. */
    public Anchor from() {
        return from;
    }

    /** Hops to the destination. */
    public int remainingHops() {
        return remainingHops;
    }

    /** Hops from the initiator. */
    public int takenHops() {
        return takenHops;
    }

    public DestinationHash destination() {
        return new DestinationHash(destinationHigh, destinationLow);
    }

    /** Whether the destination has proved the link. */
    public boolean isValidated() {
        return validated;
    }

    /** Until when the proof has to come, in router time. */
    public long proofDeadline() {
        return proofDeadline;
    }

    /** Last use, in router time. */
    public long used() {
        return used;
    }

    void markUsed(long now) {
        if (used != now) {
            used = now;
        }
    }

    void validate() {
        validated = true;
    }

    void rebalance(int hops) {
        remainingHops = hops;
    }

    /** Whether one end is a program on this machine. */
    boolean isOfProgram() {
        return !towards.isLasting() || !from.isLasting();
    }

    /** Whether both interfaces are there. */
    boolean isWhole() {
        return towards.port() != null && from.port() != null;
    }

    /** Where a packet of the link goes on, or {@code null} where it has no business. */
    Port onward(Port in, int hops) {
        Port forth = towards.port();
        Port back = from.port();
        if (forth == back) {
            return in == forth && (hops == remainingHops || hops == takenHops) ? forth : null;
        }
        if (in == forth) {
            return hops == remainingHops ? back : null;
        }
        return in == back && hops == takenHops ? forth : null;
    }
}
