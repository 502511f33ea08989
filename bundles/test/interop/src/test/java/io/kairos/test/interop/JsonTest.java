package io.kairos.test.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsWhatADriverWrites() {
        Map<?, ?> read =
                (Map<?, ?>) Json.read("{\"id\": 7, \"do\": \"open\", \"flag\": true, \"none\": null, \"share\": 0.5,"
                        + " \"list\": [1, \"zwei\", {}], \"text\": \"a\\\"\\\\\\n\\u00e9\"}");

        assertEquals(7L, read.get("id"));
        assertEquals("open", read.get("do"));
        assertEquals(true, read.get("flag"));
        assertNull(read.get("none"));
        assertEquals(0.5, read.get("share"));
        assertEquals(List.of(1L, "zwei", Map.of()), read.get("list"));
        assertEquals("a\"\\\n\u00e9", read.get("text"));
    }

    @Test
    void readsBackWhatItWrote() {
        Map<String, Object> value =
                Map.of("text", "\"\\\t\u20ac", "list", List.of(1L, 2.5, false, Map.of()), "empty", List.of());

        assertEquals(value, Json.read(Json.write(value)));
    }

    @Test
    void writesBytesAsHex() {
        assertEquals("{\"hex\":\"00ff\"}", Json.write(new byte[] {0, (byte) 0xff}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1", "{\"a\"}", "tru", "1 2", "\"\\u00", "{\"a\":1,}", "-"})
    void refusesWhatIsNoJson(String text) {
        assertThrows(IllegalArgumentException.class, () -> Json.read(text));
    }
}
