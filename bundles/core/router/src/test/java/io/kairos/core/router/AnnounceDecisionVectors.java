package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.Vectors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid and invalid announces and what they do to a path, recorded from the reference implementation (RNS 1.4.2). */
class AnnounceDecisionVectors {

    static List<JsonNode> valid() {
        return Vectors.cases(AnnounceDecisionVectors.class, "announces.json", "valid");
    }

    static List<JsonNode> invalid() {
        return Vectors.cases(AnnounceDecisionVectors.class, "announces.json", "invalid");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validAnnouncesAreRemembered(JsonNode row) {
        VectorNode node = new VectorNode("a");
        byte[] raw = Vectors.bytes(row, "raw");
        node.on("a").receive(raw);

        KnownDestination known = node.node
                .core
                .knownDestinations()
                .peek(PacketBytes.destination(raw, 0))
                .orElseThrow();
        JsonNode check = row.get("check");
        assertOptional(check.get("remembered_app_data"), known.appData());
        assertOptional(check.get("remembered_ratchet"), known.ratchet());
        assertArrayEquals(
                Vectors.bytes(row.get("fields"), "public_key"), known.identity().toBytes());
        assertEquals(1, node.node.core.pathTable().size());
    }

    private static void assertOptional(JsonNode expected, Optional<byte[]> actual) {
        String wanted = expected.isNull() ? "" : expected.asText(); // none and empty look the same on the wire
        assertEquals(wanted, actual.map(HexFormat.of()::formatHex).orElse(""));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void invalidAnnouncesChangeNothing(JsonNode row) {
        VectorNode node = new VectorNode("a");
        int known = 0;
        JsonNode others = row.get("precondition_known_destinations");
        if (others != null && !others.isNull()) {
            String destination = others.fieldNames().next();
            node.know(DestinationHash.parse(destination), Vectors.bytes(others.get(destination), "public_key"));
            known = 1;
        }
        if (row.has("precondition_blackholed_identity")) {
            IdentityHash identity = IdentityHash.parse(Vectors.text(row, "precondition_blackholed_identity"));
            node.node
                    .core
                    .knownDestinations()
                    .blackhole(new Blackholed(identity, identity, Optional.empty(), Optional.empty()));
        }

        node.on("a").receive(Vectors.bytes(row, "raw"));

        assertEquals(0, node.node.core.pathTable().size(), Vectors.text(row, "note"));
        assertEquals(known, node.node.core.knownDestinations().size(), Vectors.text(row, "note"));
        long refused = node.node.core.router().refusals().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        assertEquals(
                1, refused, "counted exactly once: " + node.node.core.router().refusals());
    }

    @Test
    void pathsAreReplacedAsRecorded() {
        VectorNode node = new VectorNode(false, "a", "b");
        node.on("b").policy("ingress.control", "false", "gravity", "5");
        JsonNode updates =
                Vectors.load(AnnounceDecisionVectors.class, "announces.json").get("path_updates");
        List<JsonNode> steps = Vectors.cases(updates, "steps");
        double start = steps.get(0).get("at").asDouble();
        long begin = node.clock.wallMillis();
        for (JsonNode step : steps) {
            String note = Vectors.text(step, "note");
            long at = begin + Math.round((step.get("at").asDouble() - start) * 1000);
            node.clock.advance(Duration.ofMillis(at - node.clock.wallMillis()));
            byte[] raw = Vectors.bytes(step, "raw");
            DestinationHash destination = PacketBytes.destination(raw, 0);
            if (note.contains("unresponsive")) {
                node.node.core.packetRouter().markUnresponsive(destination);
            }
            if (note.contains("expired")) {
                expire(node, destination);
            }
            long updatesBefore = accepted(node);

            node.on(Vectors.text(step, "interface_text")).receive(raw);

            assertEquals(step.get("path_table_updated").asBoolean(), accepted(node) > updatesBefore, note);
            assertEntry(node, step.get("entry"), destination, begin - Math.round(start * 1000), note);
        }
    }

    /** Puts the same path back with an expiry in the past. */
    private static void expire(VectorNode node, DestinationHash destination) {
        PathBook paths = node.node.core.parts().paths();
        Path path = paths.usable(destination);
        Candidate old = path.inUse();
        long now = node.clock.wallMillis();
        Candidate expired =
                new Candidate(old.anchor(), old.next(), old.hops(), old.heard(), old.used(), now - 1, old.announce());
        paths.drop(destination);
        paths.restore(destination, List.of(expired), path.blobs(), "test");
    }

    private static long accepted(VectorNode node) {
        return node.node.core.router().announces().stream()
                .filter(view -> view.accepted())
                .count();
    }

    private static void assertEntry(
            VectorNode node, JsonNode entry, DestinationHash destination, long shift, String note) {
        Path path = node.node.core.parts().paths().usable(destination);
        assertNotNull(path, note);
        assertEquals(VectorNode.hash(entry, "next_hop"), path.inUse().next(), note);
        assertEquals(entry.get("hops").asInt(), path.inUse().hops(), note);
        assertEquals(Vectors.text(entry, "interface_text"), path.port().name(), note);
        assertEquals(
                Math.round(entry.get("expires").asDouble() * 1000), path.inUse().expires() - shift, note);
        List<String> blobs = new ArrayList<>();
        entry.get("random_blobs").forEach(blob -> blobs.add(blob.asText()));
        assertEquals(String.join("", blobs), HexFormat.of().formatHex(path.blobs()), note);
    }
}
