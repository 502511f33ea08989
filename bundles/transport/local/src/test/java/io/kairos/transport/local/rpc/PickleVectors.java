package io.kairos.transport.local.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.failure.MalformedException;
import io.kairos.test.kit.Vectors;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls as Python pickles them in each protocol, and pickles that must never be understood. */
class PickleVectors {

    private static final JsonNode FILE = Vectors.load(PickleVectors.class, "pickles.json");

    private static byte[] pickle(JsonNode row) {
        return HexFormat.of().parseHex(row.get("pickle").asText());
    }

    @Test
    void callsOfEveryProtocolAreRead() {
        int seen = 0;
        for (JsonNode row : FILE.get("calls")) {
            Map<?, ?> call = PickleReader.read(pickle(row));
            String what = row.get("call") + " in protocol " + row.get("protocol");
            assertEquals(row.get("call").size(), call.size(), what);
            row.get("call").fields().forEachRemaining(field -> {
                Object value = call.get(field.getKey());
                JsonNode expected = field.getValue();
                if (expected.isNull()) {
                    assertEquals(null, value, what);
                } else if (expected.isBoolean()) {
                    assertEquals(expected.asBoolean(), value, what);
                } else if (expected.isIntegralNumber()) {
                    assertEquals(expected.asLong(), value, what);
                } else if (expected.isDouble()) {
                    assertEquals(expected.asDouble(), value, what);
                } else if (expected.asText().startsWith("hex:")) {
                    byte[] bytes = HexFormat.of().parseHex(expected.asText().substring(4));
                    assertArrayEquals(bytes, (byte[]) value, what);
                } else {
                    assertEquals(expected.asText(), value, what);
                }
            });
            seen++;
        }
        assertTrue(seen > 60, "calls: " + seen);
    }

    @Test
    void everythingElseIsRefused() {
        int seen = 0;
        for (JsonNode row : FILE.get("refused")) {
            byte[] bytes = pickle(row);
            assertNotNull(assertThrows(
                            MalformedException.class,
                            () -> PickleReader.read(bytes),
                            row.get("note").asText())
                    .getMessage());
            seen++;
        }
        assertTrue(seen > 30, "refused: " + seen);
    }
}
