package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.Vectors;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two real programs on a real shared instance: an announce, a packet and its proof, recorded from the reference
 * implementation (RNS 1.4.2). What the programs sent is played to the node, and what the node sends is compared.
 */
class LocalTrafficVectors {

    private static final JsonNode RECORDED =
            Vectors.load(LocalTrafficVectors.class, "shared-instance.json").get("recorded_local_traffic");

    @Test
    void theNodeSendsWhatTheRecordedInstanceSent() {
        play(false);
        play(true);
    }

    private static void play(boolean forward) {
        TestNode node = new TestNode(new TestNode.Keys("node"), new ManualClock(), forward, new MemoryStore());
        Map<String, TestInterface> programs = Map.of(
                "A", TestInterface.program("programs/1", node.core),
                "B", TestInterface.program("programs/2", node.core));
        DestinationHash recorded = VectorNode.hash(RECORDED, "daemon_transport_identity_hash");
        List<String> expected = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        for (JsonNode frame : RECORDED.get("frames")) {
            String direction = frame.get("direction").asText();
            String raw = frame.get("raw").asText();
            if (direction.endsWith(">daemon")) {
                programs.get(direction.substring(0, 1)).receive(VectorNode.hex(raw));
                programs.forEach((name, program) ->
                        VectorNode.hex(program.drain()).forEach(packet -> sent.add("daemon>" + name + " " + packet)));
            } else {
                String own = raw.replace(
                        HexFormat.of().formatHex(recorded.toBytes()),
                        HexFormat.of().formatHex(node.id().toBytes()));
                expected.add(direction + " " + own);
            }
        }
        assertEquals(expected, sent);
    }
}
