package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.transport.InterfaceState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void writesKeysInTheOrderTheyWerePut() {
        Map<String, Object> value = new Fields()
                .put("name", "vps")
                .put("count", 3)
                .put("up", true)
                .put("state", InterfaceState.UP)
                .put("parent", Optional.empty())
                .put("loss", OptionalDouble.of(0.5))
                .put("rate", Double.NaN)
                .put("none", List.of())
                .put("nothing", Map.of())
                .put("all", List.of(1, "two"))
                .toMap();

        assertEquals("""
            {
              "name": "vps",
              "count": 3,
              "up": true,
              "state": "up",
              "parent": null,
              "loss": 0.5,
              "rate": null,
              "none": [],
              "nothing": {},
              "all": [
                1,
                "two"
              ]
            }\
            """, Json.write(value));
    }

    @Test
    void escapesWhatWouldSteerATerminal() {
        assertEquals("\"a\\\"b\\\\c\\n\\u001b\\u00fc\\u009b\"", Json.write("a\"b\\c\n\u001b\u00fc\u009b"));
    }
}
