package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * What one interface knows of its core and shows it: state, counters and whom it hears. Closed is for good.
 *
 * <p>Threads: any. Nothing is called while its lock is held.
 */
final class Attachment {

    private final Supplier<String> name;
    private final Logger log;
    private final InterfaceTally tally = new InterfaceTally();
    private final NeighbourTable neighbours = new NeighbourTable();

    private volatile PacketSink sink;

    // ---- written while holding this ----
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    Attachment(Supplier<String> name, Logger log) {
        this.name = name;
        this.log = log;
    }

    /** Returns whether the interface still lives. */
    synchronized boolean attach(PacketSink core) {
        if (isClosed()) {
            return false;
        }
        sink = core;
        return true;
    }

    void detach() {
        sink = null;
    }

    /** The core, or {@code null}. */
    PacketSink sink() {
        return sink;
    }

    InterfaceStatus status() {
        return status;
    }

    boolean isClosed() {
        return status.state() == InterfaceState.CLOSED;
    }

    InterfaceTally tally() {
        return tally;
    }

    /** Whom the medium tells apart. */
    NeighbourTable neighbours() {
        return neighbours;
    }

    InterfaceCounters counters() {
        return tally.read();
    }

    /** Returns the status before, or nothing where that was the same or the interface is closed. */
    synchronized Optional<InterfaceStatus> become(InterfaceStatus now) {
        InterfaceStatus earlier = status;
        if (isClosed() || earlier.equals(now)) {
            return Optional.empty();
        }
        status = now;
        return Optional.of(earlier);
    }

    synchronized void close() {
        status = InterfaceStatus.of(InterfaceState.CLOSED);
        sink = null;
    }

    /** Status, budget or endpoints are others now. */
    void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            try {
                core.changed();
            } catch (RuntimeException fault) {
                report(fault);
            }
        }
    }

    /** A fault of the core costs one packet, not the interface. */
    void report(RuntimeException fault) {
        log.error(
                "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                name.get(),
                fault);
    }
}
