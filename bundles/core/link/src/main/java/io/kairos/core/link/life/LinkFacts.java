package io.kairos.core.link.life;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Signal;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.Surroundings;
import java.time.Duration;
import java.util.Optional;

/** What is known of a link and told to programs. Threads: any may read; the mailbox of the link writes. */
abstract class LinkFacts implements Link {

    private final DestinationHash id;
    private final DestinationHash destination;
    private final Clock clock;
    private final LinkMachine machine;
    private final LinkWire wire;

    volatile double roundTripSeconds;
    volatile int hops;
    volatile PublicIdentity remoteIdentity;
    volatile byte[] peerSigningKey;
    private volatile boolean tracksSignal;
    private volatile Signal signal;

    LinkFacts(
            Surroundings node, DestinationHash id, DestinationHash destination, boolean initiator, Duration patience) {
        this.id = id;
        this.destination = destination;
        this.clock = node.clock();
        this.machine = new LinkMachine(initiator, clock.nanos(), patience.toNanos());
        this.wire = new LinkWire(id, node.router(), clock, machine::sent);
    }

    // ---- for the parts of the link ----

    LinkMachine machine() {
        return machine;
    }

    LinkWire wire() {
        return wire;
    }

    long now() {
        return clock.nanos();
    }

    boolean isActive() {
        State state = machine.state();
        return state == State.ACTIVE || state == State.STALE;
    }

    void requireActive() {
        if (!isActive()) {
            throw notUp();
        }
    }

    static MeshException notUp() {
        return new MeshException(
                Failure.Kind.PEER, "The link is not up", "Open a new one; the other end may have gone.");
    }

    // ---- Link ----

    @Override
    public DestinationHash id() {
        return id;
    }

    @Override
    public DestinationHash destination() {
        return destination;
    }

    @Override
    public State state() {
        return machine.state();
    }

    @Override
    public Duration roundTrip() {
        return Duration.ofNanos(Math.round(roundTripSeconds * 1e9));
    }

    @Override
    public int mtu() {
        return wire.mtu();
    }

    @Override
    public int payloadBytes() {
        return wire.payloadBytes();
    }

    @Override
    public int hops() {
        return hops;
    }

    @Override
    public String interfaceName() {
        InterfaceHandle on = wire.attached();
        return on == null ? "" : on.name();
    }

    @Override
    public Duration age() {
        return Duration.ofNanos(now() - machine.activatedNanos());
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(now() - machine.lastHeardNanos());
    }

    @Override
    public Traffic traffic() {
        return new Traffic(wire.receivedBytes(), wire.sentBytes());
    }

    @Override
    public void trackSignal(boolean wanted) {
        tracksSignal = wanted;
        signal = wanted ? signal : null;
    }

    @Override
    public Optional<Signal> signal() {
        return Optional.ofNullable(tracksSignal ? signal : null);
    }

    /** A packet was heard so well. */
    void heardAt(Optional<Signal> level) {
        if (tracksSignal && level.isPresent()) {
            signal = level.get();
        }
    }

    @Override
    public Optional<PublicIdentity> remoteIdentity() {
        return Optional.ofNullable(remoteIdentity);
    }
}
