package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.test.kit.Vectors;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every call of programs, recorded from the reference implementation (RNS 1.4.2): the answers of a daemon that knows nothing
 * yet are compared byte for byte, those about its interfaces by their keys and types.
 */
class CallAnswersVectors {

    private static final JsonNode LIVE = Vectors.load(CallAnswersVectors.class, "shared-instance.json");
    private static final JsonNode RPC =
            Vectors.load(CallAnswersVectors.class, "interfaces.json").get("rpc");
    private static final DestinationHash DAEMON = DestinationHash.parse("2d70e4989237fa148c6d4d98becce7b1");

    private final FakeNode node = new FakeNode(DAEMON);

    private static Map<String, Object> call(JsonNode recorded) {
        Map<String, Object> call = new LinkedHashMap<>();
        recorded.fields().forEachRemaining(field -> call.put(field.getKey(), value(field.getValue())));
        return call;
    }

    private static Object value(JsonNode value) {
        if (value.isNull()) {
            return null;
        } else if (value.isIntegralNumber()) {
            return value.asLong();
        } else if (value.isNumber()) {
            return value.asDouble();
        }
        String text = value.asText();
        return text.startsWith("hex:") ? HexFormat.of().parseHex(text.substring(4)) : text;
    }

    @Test
    void aDaemonThatKnowsNothingAnswersAsRecorded() {
        int same = 0;
        for (JsonNode row : LIVE.get("own_client_to_real_daemon")) {
            Map<String, Object> call = call(row.get("call"));
            Object answer = node.answers().answer(call).orElseThrow().value();
            byte[] recorded =
                    HexFormat.of().parseHex(row.get("response_msgpack").asText());
            if ("interface_stats".equals(call.get("get"))) {
                assertSameShape((Map<?, ?>) MessagePack.unpack(recorded), answer);
            } else {
                assertArrayEquals(
                        recorded, MessagePack.pack(answer), row.get("call").toString());
                same++;
            }
        }
        assertTrue(same > 15, "compared: " + same);
    }

    /** The same keys, and values of types that Python treats alike. */
    private static void assertSameShape(Map<?, ?> recorded, Object answered) {
        Map<?, ?> ours = (Map<?, ?>) MessagePack.unpack(MessagePack.pack(answered));
        assertEquals(recorded.keySet(), ours.keySet());
        Map<?, ?> theirs = (Map<?, ?>) ((List<?>) recorded.get("interfaces")).get(0);
        Map<?, ?> first = (Map<?, ?>) ((List<?>) ours.get("interfaces")).get(0);
        assertEquals("Shared Instance[rns/default]", first.get("name"));
        Set<Object> optional = Set.of("announce_queue"); // there while a queue exists
        theirs.forEach((key, value) -> {
            assertTrue(first.containsKey(key), "key " + key);
            Object own = first.get(key);
            if (value instanceof Number) {
                assertTrue(own instanceof Number, "number " + key);
            } else if (value != null && own != null) {
                assertEquals(value.getClass(), own.getClass(), "type of " + key);
            }
        });
        assertEquals(theirs.get("type"), first.get("type"));
        assertEquals(theirs.get("mode"), first.get("mode"));
        assertEquals(theirs.get("status"), first.get("status"));
        assertEquals(theirs.get("clients"), first.get("clients"));
        first.keySet().forEach(key -> assertTrue(theirs.containsKey(key) || optional.contains(key), "surplus " + key));
    }

    @Test
    void everyCallIsUnderstood() {
        int seen = 0;
        for (JsonNode row : RPC.get("requests")) {
            assertTrue(node.answers().answer(call(row.get("call"))).isPresent(), row.toString());
            seen++;
        }
        assertTrue(seen > 20, "calls: " + seen);
        assertFalse(node.answers().answer(Map.of("get", "secrets")).isPresent());
    }
}
