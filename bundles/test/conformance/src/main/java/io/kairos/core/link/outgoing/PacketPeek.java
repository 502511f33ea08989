package io.kairos.core.link.outgoing;

import io.kairos.api.packet.DestinationHash;
import io.kairos.core.link.EndpointsCore;
import io.kairos.test.conformance.Inside;
import java.time.Duration;

/** Shows the conformance bridge how packets are sent and how long their proofs are waited for. */
public final class PacketPeek {

    private PacketPeek() {}

    public static PacketSender sender(EndpointsCore endpoints) {
        return (PacketSender) Inside.get(endpoints, "packets");
    }

    public static Duration perHop() {
        return (Duration) Inside.constant(PacketSender.class, "PER_HOP");
    }

    public static int hopsTo(PacketSender sender, DestinationHash to) {
        return sender.hopsTo(to);
    }
}
