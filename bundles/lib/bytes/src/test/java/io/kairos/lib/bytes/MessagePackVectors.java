package io.kairos.lib.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded from the reference implementation (RNS 1.4.2): described values and the bytes they become. */
class MessagePackVectors {

    private static final HexFormat HEX = HexFormat.of();

    /** What the descriptions of the file mean. */
    private static final Map<String, Object> VALUES = values();

    @TestFactory
    Stream<DynamicTest> valuesBecomeTheSameBytesAndBack() throws IOException {
        List<JsonNode> rows;
        try (InputStream in = MessagePackVectors.class.getResourceAsStream("/vectors/msgpack.json")) {
            assertNotNull(in);
            JsonNode cases = new ObjectMapper().readTree(in).path("cases");
            rows = StreamSupport.stream(cases.spliterator(), false).toList();
        }
        assertFalse(rows.isEmpty(), "no vectors");
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.path("value_text").textValue(), () -> check(row)));
    }

    private static void check(JsonNode row) {
        String description = row.path("value_text").textValue();
        assertTrue(VALUES.containsKey(description), "unknown description");
        Object value = VALUES.get(description);
        String packed = row.path("packed").textValue();

        assertEquals(packed, HEX.formatHex(MessagePack.pack(value)));
        assertSame(value, MessagePack.unpack(HEX.parseHex(packed)));
    }

    /** Equality that also looks into arrays; packing again settles the rest. */
    private static void assertSame(Object expected, Object actual) {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) actual);
        } else if (expected instanceof List || expected instanceof Map) {
            assertArrayEquals(MessagePack.pack(expected), MessagePack.pack(actual));
        } else {
            assertEquals(expected, actual);
        }
    }

    private static Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("nil", null);
        values.put("true", true);
        values.put("false", false);
        for (long number : new long[] {0, 127, 128, 255, 256, 65_535, 65_536, -1, -32, -33, -129, -32_769}) {
            values.put("int " + number, number);
        }
        values.put("int 2^32", 1L << 32);
        for (double number : new double[] {0.0, 0.125}) {
            values.put("float " + number, number);
        }
        values.put("float 1750000000.0", 1_750_000_000.0);
        values.put("empty string", "");
        values.put("string abc", "abc");
        values.put("string of 31 x", "x".repeat(31));
        values.put("string of 32 x", "x".repeat(32));
        values.put("empty bytes", new byte[0]);
        values.put("bytes abc", ascii("abc"));
        values.put("bytes 256 x y", ascii("y".repeat(256)));
        values.put("empty list", List.of());
        values.put("list [1, bytes a, nil]", Arrays.asList(1L, ascii("a"), null));
        values.put("empty map", Map.of());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("t", 1L);
        map.put("d", ascii("x"));
        values.put("map {str t: 1, str d: bytes x}", map);
        values.put("map {bytes k: str v}", Map.of(ByteBuffer.wrap(ascii("k")), "v"));
        values.put("list of 16 zeros", Collections.nCopies(16, 0L));
        values.put("list of 15 zeros", Collections.nCopies(15, 0L));
        return values;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
