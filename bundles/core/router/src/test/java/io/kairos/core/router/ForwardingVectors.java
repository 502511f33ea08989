package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.forward.TransitLink;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.Vectors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Packets and links of others, recorded from the reference implementation (RNS 1.4.2). */
class ForwardingVectors {

    private static final byte[] BOB = new TestNode.Keys(
                    VectorNode.hex(Vectors.cases(ForwardingVectors.class, "packets.json", "packets")
                            .get(1)
                            .get("recipient_private_key")
                            .asText()))
            .publicIdentity()
            .toBytes();

    @Test
    void dataIsForwardedStrippedPassedBackOrDropped() {
        VectorNode node = new VectorNode("a", "b");
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, "data_forwarding");
        byte[] first = VectorNode.hex(rows.get(0).get("in").get("a").asText());
        DestinationHash destination = PacketBytes.destination(first, 0);
        DestinationHash other = PacketBytes.transport(
                VectorNode.hex(rows.get(0).get("out").get("b").get(0).get("raw").asText()), 0);
        byte[] second = VectorNode.hex(rows.get(1).get("in").get("a").asText());

        node.path(destination, other, 3, "b");
        assertRow(node, rows.get(0));
        node.path(destination, destination, 1, "b");
        assertRow(node, rows.get(1));
        node.node.forgetDuplicates();
        assertRow(node, rows.get(2));
        assertEquals(1, node.node.refused(Refusal.PROOF_INTERFACE));
        node.node.forgetDuplicates();
        node.on("a").receive(second);
        node.drain();
        node.node.forgetDuplicates();
        for (JsonNode row : rows.subList(3, rows.size())) {
            assertRow(node, row);
        }
        assertEquals(1, node.node.refused(Refusal.NO_PATH));
        assertEquals(1, node.node.refused(Refusal.FILTER));
        assertEquals(1, node.node.refused(Refusal.NOT_FOR_US));
    }

    @Test
    void linkRequestsAreForwardedWithTheirMtuClamped() {
        for (JsonNode row : Vectors.cases(VectorNode.FILE, "link_request_forwarding")) {
            linkRequest(row, 1);
        }
    }

    @Test
    void linkTrafficPassesWithTheRightHopsAfterAGenuineProof() {
        linkTraffic("link_forwarding");
    }

    @Test
    void aGenuineProofWithOtherHopsRebalancesTheLink() {
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, "link_rebalance");
        VectorNode node = linkTraffic("link_rebalance");
        DestinationHash destination = VectorNode.hash(rows.get(0).get("link_table"), "destination_hash");
        int hops =
                node.node.core.packetRouter().nextHop(destination).orElseThrow().hops();
        assertEquals(Vectors.number(rows.get(1), "path_hops_after"), hops);
    }

    private static VectorNode linkTraffic(String scenario) {
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, scenario);
        VectorNode node = linkRequest(rows.get(0), 2);
        DestinationHash id = VectorNode.hash(rows.get(0), "link_id");
        for (JsonNode row : rows.subList(1, rows.size())) {
            assertRow(node, row);
            TransitLink link = node.node.core.parts().traffic().links().get(id.high(), id.low());
            assertEquals(row.get("validated").asBoolean(), link.isValidated(), Vectors.text(row, "note"));
            assertEquals(row.get("remaining_hops").asInt(), link.remainingHops(), Vectors.text(row, "note"));
        }
        return node;
    }

    private static VectorNode linkRequest(JsonNode row, int hops) {
        String note = Vectors.text(row, "note");
        VectorNode node = new VectorNode("a", "b");
        node.budget("a", row.get("receiving_interface_mtu"), true);
        node.budget(
                "b",
                row.get("outgoing_interface_mtu"),
                row.get("outgoing_interface_fixed_or_auto").asBoolean());
        JsonNode entry = row.get("link_table");
        DestinationHash destination = VectorNode.hash(entry, "destination_hash");
        node.know(destination, BOB);
        node.path(destination, VectorNode.hash(entry, "next_hop"), hops, "b");

        node.feed(row.get("in"));

        assertEquals(
                VectorNode.packets(row.get("out")), VectorNode.hex(node.on("b").drain()), note);
        DestinationHash id = VectorNode.hash(row, "link_id");
        TransitLink link = node.node.core.parts().traffic().links().get(id.high(), id.low());
        assertNotNull(link, note);
        assertEquals(entry.get("remaining_hops").asInt(), link.remainingHops(), note);
        assertEquals(entry.get("taken_hops").asInt(), link.takenHops(), note);
        assertEquals(entry.get("validated").asBoolean(), link.isValidated(), note);
        double deadline = (link.proofDeadline() - node.clock.wallMillis()) / 1000.0;
        assertEquals(entry.get("proof_timeout_in").asDouble(), deadline, 0.001, note);
        return node;
    }

    private static void assertRow(VectorNode node, JsonNode row) {
        node.feed(row.get("in"));
        assertEquals(VectorNode.expected(row.get("out")), node.drain(), Vectors.text(row, "note"));
    }
}
