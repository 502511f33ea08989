package io.kairos.api.routing;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * What lives at an address of this node: a destination or a link.
 *
 * <p>Threads: called on the receiving thread of an interface, by several at the same time; returns quickly.
 */
@ConsumerType
public interface LocalReceiver {

    /**
     * A packet for this address: for a destination link requests and data of the registered type, for a link everything
     * that carries its link id, including the link request proof.
     *
     * @return whether it was taken. For false the router forgets the packet's hash, so that the same packet may still
     *     arrive over the right interface; a link returns false for a packet from an interface that is not its own
     */
    boolean received(InboundPacket packet);

    /**
     * Somebody asks for a path to this destination: it announces itself as path response on that interface.
     *
     * @param tag tag of the request, at most 16 bytes
     */
    default void pathRequested(InterfaceHandle on, byte[] tag) {}

    /**
     * What lay beyond an interface has forgotten everything about this node, though the interface may come back: a link
     * over it has ended. Only said of the way to a shared instance; a destination need not care.
     */
    default void wayLost(InterfaceHandle over) {}
}
