package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.router.forward.TransitLink;
import io.kairos.core.router.table.KeyedTable;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Packets of links that pass through, also those whose destination type says something else. */
class LinkPassageTest {

    private static final DestinationHash NEXT = new DestinationHash(7, 8);

    private final TestNode node = new TestNode("node", new ManualClock());
    private final TestNode.Keys alice = new TestNode.Keys("alice");
    private final TestInterface a = node.open("a");
    private final TestInterface b = node.open("b");

    /** A link from {@link #a}, one hop away, to a destination three hops away behind {@link #b}. */
    private TransitLink link() {
        b.receive(TestNode.relayed(TestNode.announce(alice, "test.one", new byte[0], 1, false), 2, NEXT));
        byte[] request = PacketBytes.build(
                PacketBytes.flags(PacketType.LINK_REQUEST, DestinationType.SINGLE),
                alice.destination("test.one"),
                0,
                new byte[64]);
        a.receive(PacketBytes.withTransport(request, request.length, node.id(), 0, false));
        a.drain();
        b.drain();
        List<TransitLink> links = new ArrayList<>();
        table().forEach(links::add);
        assertEquals(1, links.size());
        return links.get(0);
    }

    private KeyedTable<TransitLink> table() {
        return node.core.parts().traffic().links();
    }

    private static byte[] packet(PacketType type, DestinationType destination, DestinationHash to, int context) {
        return PacketBytes.build(PacketBytes.flags(type, destination), to, context, new byte[96]);
    }

    private boolean isRemembered(byte[] raw) {
        return node.core.parts().traffic().duplicates().contains(PacketBytes.hash(raw), 0);
    }

    @Test
    void itIsKnownToWhichNodeTheRequestWent() {
        assertEquals(Optional.of(NEXT), link().next());
    }

    @Test
    void theLinkDecidesAndNotTheTypeOfTheDestination() {
        DestinationHash id = link().key();
        byte[] data = packet(PacketType.DATA, DestinationType.SINGLE, id, 0);

        b.receive(data.clone());
        assertFalse(isRemembered(data), "it comes from the right side, but too near");
        assertEquals(0, a.drain().size());

        a.receive(data.clone());
        assertTrue(isRemembered(data));
        assertEquals(1, b.drain().size());
        a.receive(data.clone());
        assertEquals(0, b.drain().size(), "seen before");
    }

    @Test
    void withoutSuchALinkThePacketIsAnOrdinaryOne() {
        byte[] data = packet(PacketType.DATA, DestinationType.SINGLE, NEXT, 0);

        a.receive(data.clone());

        assertTrue(isRemembered(data));
    }

    @Test
    void theProofOfALinkIsNotRememberedBeforeItIsChecked() {
        byte[] proof = packet(PacketType.PROOF, DestinationType.SINGLE, NEXT, PacketContext.LINK_REQUEST_PROOF);
        byte[] other = packet(PacketType.PROOF, DestinationType.SINGLE, NEXT, 0);

        a.receive(proof.clone());
        a.receive(other.clone());

        assertFalse(isRemembered(proof));
        assertTrue(isRemembered(other));
    }
}
