package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;
import io.kairos.test.kit.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Path requests and tunnels, recorded from the reference implementation (RNS 1.4.2). The announce behind the known path was
 * not recorded; it is recovered from the answer, whose payload it is.
 */
class PathRequestScenarioVectors {

    private static final List<JsonNode> ROWS = Vectors.cases(VectorNode.FILE, "path_requests");
    private static final Map<String, List<String>> NOTHING = Map.of("a", List.of(), "b", List.of(), "c", List.of());

    private static VectorNode withKnownPath() {
        VectorNode node = new VectorNode("a", "b", "c");
        byte[] answer = VectorNode.hex(
                ROWS.get(0).get("after_grace").get("a").get(0).get("raw").asText());
        byte[] heard = answer.clone();
        heard[1] = 2;
        VectorNode.hash(request(ROWS.get(2)), 16).writeTo(heard, 2);
        heard[34] = 0;
        node.on("b").receive(heard);
        node.advance(30);
        node.advance(10);
        node.advance(10);
        node.drain();
        return node;
    }

    private static byte[] request(JsonNode row) {
        byte[] packet = VectorNode.hex(row.get("in").elements().next().asText());
        return Arrays.copyOfRange(packet, 19, packet.length);
    }

    @Test
    void aKnownPathIsToldAfterAMomentOnce() {
        VectorNode node = withKnownPath();
        node.feed(ROWS.get(0).get("in"));
        assertEquals(VectorNode.expected(ROWS.get(0).get("immediately")), node.drain());
        node.node.core.stopTimer();
        node.node.advance(0.4);
        node.node.core.runJobs();
        assertEquals(NOTHING, node.drain(), "not before the grace time is over");
        node.advance(0.1);
        assertEquals(VectorNode.expected(ROWS.get(0).get("after_grace")), node.drain());
        node.advance(6);
        assertEquals(VectorNode.expected(ROWS.get(0).get("later")), node.drain());

        node.feed(ROWS.get(1).get("in"));
        node.advance(0.5);
        assertEquals(VectorNode.expected(ROWS.get(1).get("out")), node.drain(), Vectors.text(ROWS.get(1), "note"));
        assertEquals(2, node.node.refused(Refusal.REQUEST_REPEATED));
    }

    @Test
    void oddRequestsAreAnsweredOrIgnoredAsRecorded() {
        VectorNode node = withKnownPath();
        for (JsonNode row : ROWS.subList(2, 6)) {
            node.feed(row.get("in"));
            node.advance(0.6);
            assertEquals(VectorNode.expected(row.get("out")), node.drain(), Vectors.text(row, "note"));
            node.advance(6);
        }
    }

    @Test
    void roamingInterfacesWaitLongerAndAreNotToldOfThemselves() {
        VectorNode node = withKnownPath();
        node.node.core.stopTimer();
        node.on("a").policy("mode", "roaming");
        node.feed(ROWS.get(6).get("in"));
        double delay = ROWS.get(6).get("answer_delay").asDouble();
        node.advance(Math.floor(delay * 1000) / 1000);
        assertEquals(NOTHING, node.drain());
        node.advance(0.01);
        assertEquals(1, node.on("a").drain().size());

        node.on("a").policy("mode", "full");
        node.on("b").policy("mode", "roaming");
        node.feed(ROWS.get(7).get("in"));
        node.advance(3);
        assertEquals(VectorNode.expected(ROWS.get(7).get("out")), node.drain());
    }

    @Test
    void aLocalDestinationAnswersAtOnceWhereItWasAsked() {
        VectorNode node = new VectorNode("a", "b", "c");
        TestNode.Destination local = node.node.destination("kairos.local");
        PathRequest.Tag tag = PathRequest.Tag.of(new byte[16], 0, 16);
        node.on("a").receive(PathRequestCodec.packet(new PathRequest(local.hash, java.util.Optional.empty(), tag)));
        List<byte[]> out = node.on("a").drain();
        byte[] recorded =
                VectorNode.hex(ROWS.get(8).get("out").get("a").get(0).get("raw").asText());
        assertEquals(1, out.size());
        assertEquals(recorded[0], out.get(0)[0], "flags");
        assertEquals(recorded[1], out.get(0)[1], "hops");
        assertEquals(PacketBytes.context(recorded, 0), PacketBytes.context(out.get(0), 0));
        assertEquals(1, local.requests);
        assertTrue(node.on("b").drain().isEmpty());
        assertTrue(node.on("c").drain().isEmpty());
    }

    @Test
    void unknownPathsAreSearchedAsTheModeOfTheInterfaceSays() {
        int modes = 0;
        for (JsonNode row : ROWS.subList(9, 16)) {
            VectorNode node = new VectorNode("a", "b", "c");
            String mode = Vectors.text(row, "requesting_mode_text");
            node.on("a").policy("mode", mode.equals("point_to_point") ? "pointtopoint" : mode);
            node.on("c").policy("mode", "gateway");
            node.feed(row.get("in"));
            assertEquals(VectorNode.expected(row.get("out")), node.drain(), mode);
            DestinationHash destination = DestinationHash.of(request(row), 0);
            assertEquals(row.get("waiting").asBoolean(), isSearched(node, destination), mode);
            if (row.get("waiting").asBoolean()) {
                node.advance(row.get("waiting_for_seconds").asDouble() - 0.1);
                assertTrue(isSearched(node, destination), mode);
                node.advance(5.2);
                assertFalse(isSearched(node, destination), mode);
            }
            modes++;
        }
        assertEquals(7, modes);
    }

    private static boolean isSearched(VectorNode node, DestinationHash destination) {
        return node.node.core.parts().requests().isSearched(destination);
    }

    @Test
    void theAnswerToASearchGoesToWhoAskedAndNobodyElse() {
        JsonNode row = ROWS.get(16);
        VectorNode node = new VectorNode("a", "b", "c");
        node.on("a").policy("mode", "gateway");
        node.feed(row.get("in"));
        assertEquals(VectorNode.expected(row.get("request_out")), node.drain());
        node.feed(row.get("answer_in"));
        assertEquals(VectorNode.expected(row.get("out")), node.drain());
        DestinationHash destination = DestinationHash.of(request(row), 0);
        assertEquals(row.get("still_waiting").asBoolean(), isSearched(node, destination));
    }

    @Test
    void onlyGenuineTunnelRequestsOpenATunnel() {
        for (JsonNode row : Vectors.cases(VectorNode.FILE, "tunnels")) {
            VectorNode node = new VectorNode("a");
            node.feed(row.get("in"));
            boolean established = row.get("established").asBoolean();
            assertEquals(established ? 1 : 0, node.node.core.parts().tunnels().size(), Vectors.text(row, "note"));
            assertEquals(established, node.port("a").hasTunnel(), Vectors.text(row, "note"));
            if (established) {
                var tunnel = node.node.core.parts().tunnels().all().iterator().next();
                assertEquals(
                        Vectors.text(row, "tunnel_id"), java.util.HexFormat.of().formatHex(tunnel.id()));
                assertEquals(row.get("expires_in").asDouble(), (tunnel.expires() - node.clock.wallMillis()) / 1000.0);
            }
        }
    }
}
