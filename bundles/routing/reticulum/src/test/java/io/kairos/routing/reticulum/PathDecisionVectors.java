package io.kairos.routing.reticulum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.routing.PathCandidate.Responsiveness;
import io.kairos.api.routing.RoutingStrategy.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Announces that were fed one after the other into the reference implementation (RNS 1.4.2), and which of them changed
 * its path. The bookkeeping that belongs to the router is done here in the simplest way.
 */
class PathDecisionVectors {

    private static final HexFormat HEX = HexFormat.of();
    private static final int KEYS_AND_NAME = 64 + 10;
    private static final int BLOB = 10;

    private final FewestHops strategy = new FewestHops();
    private final List<String> blobs = new ArrayList<>();
    private Optional<Candidates> inUse = Optional.empty();

    @Test
    void thePathChangesWithTheSameAnnounces() throws IOException {
        JsonNode steps = read().path("path_updates").path("steps");
        assertFalse(steps.isEmpty());
        for (JsonNode step : steps) {
            prepare(step.path("note").textValue());
            check(step);
        }
    }

    /** What the recording did to the path before the announce, told by its note. */
    private void prepare(String note) {
        if (note.contains("marked unresponsive before")) {
            inUse = inUse.map(path -> path.responded(Responsiveness.UNRESPONSIVE));
        }
        if (note.contains("path expired")) {
            inUse = inUse.map(path -> path.expires(0));
        }
    }

    private void check(JsonNode step) {
        String note = step.path("note").textValue();
        byte[] raw = HEX.parseHex(step.path("raw").textValue());
        int data = (raw[0] & 0x40) != 0 ? 35 : 19;
        String blob = HEX.formatHex(raw, data + KEYS_AND_NAME, data + KEYS_AND_NAME + BLOB);
        long nowMillis = Math.round(step.path("at").doubleValue() * 1000);
        String name = step.path("interface_text").textValue();
        Candidates offered = Candidates.path()
                .on(name)
                .gravity(name.equals("b") ? 5 : 0)
                .hops(raw[1] + 1)
                .emitted(emission(blob))
                .expires(nowMillis + 7L * 24 * 3600 * 1000);

        Verdict verdict = strategy.judge(inUse.map(Candidates::make), offered.make(), blobs.contains(blob), nowMillis);

        assertEquals(step.path("path_table_updated").booleanValue(), verdict.use(), note + ": " + verdict.reason());
        if (verdict.use()) {
            accept(offered, blob);
        }
        JsonNode entry = step.path("entry");
        assertEquals(entry.path("hops").intValue(), inUse.orElseThrow().hops(), note);
        assertEquals(
                entry.path("interface_text").textValue(), inUse.orElseThrow().interfaceName(), note);
        assertEquals(entry.path("random_blobs").size(), blobs.size(), note);
    }

    private void accept(Candidates offered, String blob) {
        if (!blobs.contains(blob)) {
            blobs.add(blob);
        }
        long newest =
                blobs.stream().mapToLong(PathDecisionVectors::emission).max().orElseThrow();
        inUse = Optional.of(offered.emitted(newest));
    }

    private static long emission(String blob) {
        return Long.parseLong(blob.substring(10), 16);
    }

    private static JsonNode read() throws IOException {
        try (InputStream in = PathDecisionVectors.class.getResourceAsStream("/vectors/announces.json")) {
            assertNotNull(in);
            return new ObjectMapper().readTree(in);
        }
    }
}
