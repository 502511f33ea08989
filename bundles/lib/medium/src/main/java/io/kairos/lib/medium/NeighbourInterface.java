package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;

/**
 * A neighbour of a medium that has threads of its own: a child interface. {@link Neighbours} tells the core about it.
 *
 * <p>Threads: any.
 */
public abstract class NeighbourInterface implements MeshInterface {

    private final String kind;
    private final String name;

    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** The core that was told about this child. Written by the thread of {@link Neighbours}. */
    private volatile PacketSink announcedTo;

    /** @param name tells neighbours apart without saying who they are */
    protected NeighbourInterface(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Where packets go; {@code null} while there is no core. */
    public final PacketSink core() {
        return sink;
    }

    /** One owner. */
    protected final void become(InterfaceState state) {
        status = InterfaceStatus.of(state);
    }

    /** Whether another core may take it over; otherwise it is closed when one comes. */
    protected boolean outlivesItsCore() {
        return true;
    }

    final PacketSink announcedTo() {
        return announcedTo;
    }

    final void announcedTo(PacketSink core) {
        announcedTo = core;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public final void detach() {
        sink = null;
    }

    @Override
    public final InterfaceStatus status() {
        return status;
    }

    /** Nothing is handed to the core any more. */
    @Override
    public void close() {
        sink = null;
    }
}
