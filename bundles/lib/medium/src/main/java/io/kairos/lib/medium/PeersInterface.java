package io.kairos.lib.medium;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.PacketSink;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * A medium whose neighbours are interfaces of their own. Its own line carries no packets: it listens, or keeps what its
 * neighbours need, and its {@link Line#offer} says no.
 *
 * <p>Threads: any; neighbours come and go under a lock of their own, which is held while the core is told, so that it hears
 * of each in order.
 *
 * @param <S> settings of this kind of medium
 */
public abstract class PeersInterface<S extends LineSettings> extends LineInterface<S> {

    private final InterfaceTally departed = new InterfaceTally();

    private final Set<PeerInterface> peers = new LinkedHashSet<>(); // guarded by itself
    private boolean accepting; // guarded by peers

    /** See {@link LineInterface}. */
    protected PeersInterface(String kind, Clock clock, Timers timers, Logger log) {
        super(kind, clock, timers, log);
    }

    /** Most neighbours at the same time; further ones are refused. */
    protected abstract int mostPeers();

    /**
     * A neighbour has connected; it vanishes when its line ends.
     *
     * @return empty where there are too many, or nothing may be open now; the line has been closed then
     */
    protected final Optional<PeerInterface> connected(String name, String description, Line line) {
        return connected(name, description, line, this::budget);
    }

    /** The same for a neighbour where a packet costs something else than {@link #budget} says. */
    protected final Optional<PeerInterface> connected(
            String name, String description, Line line, Supplier<LinkBudget> budget) {
        Optional<PeerInterface> peer = enter(name, description, budget, LineKeeper.Source.once(line));
        peer.ifPresentOrElse(PeerInterface::open, line::close);
        return peer;
    }

    /** A neighbour that is called again and again until it is dropped; empty where there are too many. */
    protected final Optional<PeerInterface> called(
            String name, String description, Supplier<Line> lines, RetryPace pace) {
        Optional<PeerInterface> peer = enter(name, description, this::budget, LineKeeper.Source.again(lines, pace));
        peer.ifPresent(PeerInterface::open);
        return peer;
    }

    /** Ends a neighbour, if it has not ended yet. */
    protected final void drop(PeerInterface peer) {
        synchronized (peers) {
            if (!peers.remove(peer)) {
                return;
            }
            PacketSink core = core();
            if (core != null) {
                core.vanished(peer);
            }
        }
        peer.close();
        departed.add(peer.counters());
    }

    /** How the core treats a neighbour: like its parent, unless overridden. Never blocks. */
    protected InterfacePolicy policyOf(PeerInterface peer) {
        return policy();
    }

    /** The neighbours of now. */
    protected final List<PeerInterface> peers() {
        synchronized (peers) {
            return List.copyOf(peers);
        }
    }

    private Optional<PeerInterface> enter(
            String name, String description, Supplier<LinkBudget> budget, LineKeeper.Source source) {
        synchronized (peers) {
            if (!accepting || peers.size() >= mostPeers()) {
                return Optional.empty();
            }
            PeerInterface peer = new PeerInterface(this, name, description, budget, source);
            peers.add(peer);
            PacketSink core = core();
            if (core != null) {
                peer.attach(core.appeared(peer));
            }
            return Optional.of(peer);
        }
    }

    @Override
    public final boolean carriesPackets() {
        return false;
    }

    @Override
    public final void attach(PacketSink core) {
        synchronized (peers) {
            super.attach(core);
            if (core() == core) {
                peers.forEach(peer -> peer.attach(core.appeared(peer)));
            }
        }
    }

    @Override
    public final void detach() {
        synchronized (peers) {
            super.detach();
            peers.forEach(PeerInterface::detach);
        }
    }

    @Override
    public final InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        all.add(super.counters());
        all.add(departed.read());
        peers().forEach(peer -> all.add(peer.counters()));
        return all.read();
    }

    @Override
    final void opens() {
        synchronized (peers) {
            accepting = true;
        }
    }

    @Override
    final void hungUp() {
        synchronized (peers) {
            accepting = false;
        }
        peers().forEach(this::drop);
    }
}
