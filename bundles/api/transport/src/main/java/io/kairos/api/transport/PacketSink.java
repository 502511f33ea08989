package io.kairos.api.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The core's end of one interface. Every interface, also every child, has a sink of its own.
 *
 * <p>Threads: {@link #received} and {@link #endOfBurst()} of one sink are never called by two threads at the same time;
 * sinks of different interfaces may be called at the same time. The core forwards on the calling thread and returns
 * quickly.
 */
@ProviderType
public interface PacketSink {

    /**
     * A packet arrived.
     *
     * @param packet a heap buffer with the packet from position to limit. It is lent: the sink may change its contents and
     *     the caller may use it again as soon as the method has returned
     */
    void received(ByteBuffer packet);

    /** A packet arrived, and the medium knows how well it was heard. */
    void received(ByteBuffer packet, Signal signal);

    /** What one read brought in has been handed over. Call it at the end of each burst, also for a burst of one. */
    void endOfBurst();

    /** Status, budget or policy of the interface has changed. */
    void changed();

    /** A neighbour that is an interface of its own is there; its packets go to the returned sink. */
    PacketSink appeared(MeshInterface child);

    /** The neighbour is gone; its sink is not used any more. */
    void vanished(MeshInterface child);
}
