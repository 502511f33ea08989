package io.kairos.core.router.ports;

import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;

/** What a port hands on. */
public interface PacketIntake {

    /**
     * A packet arrived; the buffer is lent.
     *
     * @param arrival to read the packet with; free for use until the method returns
     * @param signal {@code null} where the medium does not know
     */
    void received(Port in, Arrival arrival, ByteBuffer packet, Signal signal);

    /** Status, budget or policy may have changed. */
    void changed(Port port);

    /** A neighbour that is an interface of its own is there. */
    Port appeared(Port parent, MeshInterface child);

    /** A neighbour has gone. */
    void vanished(Port parent, MeshInterface child);
}
