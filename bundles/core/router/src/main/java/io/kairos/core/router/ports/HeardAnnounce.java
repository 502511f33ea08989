package io.kairos.core.router.ports;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.PacketBytes;

/**
 * An announce as it arrived on an interface.
 *
 * @param port where it arrived
 * @param destination what is announced
 * @param transport the node that passed it on; {@code null} where it was heard directly
 * @param hops received hops
 * @param context context byte
 * @param announce its payload
 */
public record HeardAnnounce(
        Port port, DestinationHash destination, DestinationHash transport, int hops, int context, Announce announce) {

    public boolean isPathResponse() {
        return context == PacketContext.PATH_RESPONSE;
    }

    /** The hash of its packet, the same at every node that hears it. */
    public byte[] packetHash() {
        int flags = PacketBytes.flags(PacketType.ANNOUNCE, DestinationType.SINGLE);
        return PacketBytes.hash(PacketBytes.build(flags, destination, context, announce.payload()));
    }

    /** The node to which packets for the destination go next; the destination itself where it is a neighbour. */
    public DestinationHash nextHop() {
        return transport == null ? destination : transport;
    }
}
