package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;

/**
 * The neighbours of one medium that has threads of its own. One of these threads owns the list and is the only one that tells
 * the core about it, so that coming, going and a change of cores never overtake each other. Packets may be read by others.
 *
 * @param <N> what a neighbour is
 */
public final class Neighbours<N extends NeighbourInterface> {

    private final String parent;
    private final Executor owner;
    private final Logger log;
    private final InterfaceTally departed = new InterfaceTally();

    private volatile PacketSink sink;

    // ---- owned by the owning thread, but may be read by any ----
    private final Set<N> present = ConcurrentHashMap.newKeySet();

    /** Those that a core was told about and not told to have gone. */
    private final Set<N> told = ConcurrentHashMap.newKeySet();

    /**
     * @param parent the name of the interface
     * @param owner runs everything on the owning thread, one after the other; may refuse once the medium is closed
     */
    public Neighbours(String parent, Executor owner, Logger log) {
        this.parent = parent;
        this.owner = owner;
        this.log = log;
    }

    // ---- any thread ----

    /** See {@link Medium#attach}. */
    public void attach(PacketSink core) {
        silence();
        sink = core;
        later(() -> present.forEach(neighbour -> introduce(neighbour, core)));
    }

    /** See {@link Medium#detach}; also the first step of an end. */
    public void detach() {
        sink = null;
        silence();
    }

    /** Budget or policy of all are others now. */
    public void changed() {
        present.forEach(neighbour -> {
            PacketSink core = neighbour.core();
            if (core != null) {
                guarded(core::changed);
            }
        });
    }

    /** What departed and present neighbours have counted. */
    public InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        synchronized (departed) {
            all.add(departed.read());
            present.forEach(neighbour -> all.add(neighbour.counters()));
        }
        return all.read();
    }

    /** How many there are. */
    public int size() {
        return present.size();
    }

    /** Those of now. */
    public List<N> present() {
        return List.copyOf(present);
    }

    /** The core. */
    public PacketSink core() {
        return sink;
    }

    /** After the end: this core, which stays, is told of all that it knows and that have not gone before. */
    public void vanish(PacketSink core) {
        told.stream()
                .filter(neighbour -> core != null && neighbour.announcedTo() == core)
                .forEach(neighbour -> guarded(() -> core.vanished(neighbour)));
    }

    /** Runs something on the owning thread. */
    public void later(Runnable task) {
        try {
            owner.execute(task);
        } catch (RejectedExecutionException closing) {
            log.debug("Interface {} is closing", parent);
        }
    }

    /** Calls the core; its fault costs one packet or piece of news, not the interface. */
    public void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            log.error(
                    "The core failed on a neighbour of interface {}; this is a fault of Kairos, please report it",
                    parent,
                    fault);
        }
    }

    // ---- the owning thread ----

    /** One has come. The core knows it when this returns; nothing may be read from it before. */
    public void add(N neighbour) {
        present.add(neighbour);
        announce(neighbour);
    }

    /** One has gone, after its last packet. */
    public void remove(N neighbour) {
        synchronized (departed) {
            present.remove(neighbour);
            departed.add(neighbour.counters());
        }
        PacketSink core = sink;
        if (core != null && neighbour.announcedTo() == core) {
            told.remove(neighbour);
            guarded(() -> core.vanished(neighbour));
        }
    }

    private void introduce(N neighbour, PacketSink core) {
        PacketSink earlier = neighbour.announcedTo();
        if (earlier == null || earlier == core || neighbour.outlivesItsCore()) {
            announce(neighbour);
        } else {
            neighbour.close();
        }
    }

    private void announce(N neighbour) {
        PacketSink core = sink;
        if (core == null || neighbour.announcedTo() == core) {
            return;
        }
        neighbour.announcedTo(core);
        told.add(neighbour);
        guarded(() -> neighbour.attach(core.appeared(neighbour)));
        if (sink != core) {
            neighbour.detach(); // the core has gone meanwhile
        }
    }

    private void silence() {
        present.forEach(NeighbourInterface::detach);
    }
}
