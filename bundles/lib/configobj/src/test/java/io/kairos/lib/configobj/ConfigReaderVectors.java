package io.kairos.lib.configobj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the reference implementation reads, and where it stops. */
class ConfigReaderVectors {

    private static final JsonNode VECTORS = load();

    @TestFactory
    Stream<DynamicTest> readsWhatTheReferenceReads() {
        return cases("good")
                .map(given -> DynamicTest.dynamicTest(
                        given.get("name").asText(),
                        () -> compare(
                                given.get("root"),
                                ConfigReader.read(given.get("text").asText(), "file"))));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatTheReferenceRefusesAtTheSameLine() {
        return cases("bad")
                .map(given -> DynamicTest.dynamicTest(given.get("name").asText(), () -> {
                    MeshException refusal = assertThrows(
                            MeshException.class,
                            () -> ConfigReader.read(given.get("text").asText(), "file"));
                    assertTrue(
                            refusal.getMessage()
                                    .startsWith(
                                            "file, line " + given.get("line").asInt() + ":"),
                            refusal.getMessage());
                }));
    }

    @TestFactory
    Stream<DynamicTest> unknownNamesAreRefusedWhenTheValueIsRead() {
        return cases("unresolved")
                .map(given -> DynamicTest.dynamicTest(given.get("name").asText(), () -> {
                    ConfigSection section = ConfigReader.read(given.get("text").asText(), "file")
                            .section(given.get("section").asText())
                            .orElseThrow();
                    String key = given.get("key").asText();
                    assertTrue(assertThrows(MeshException.class, () -> section.text(key))
                            .getMessage()
                            .contains("line 2: " + key));
                }));
    }

    private static void compare(JsonNode expected, ConfigSection actual) {
        List<String> keys = new ArrayList<>();
        expected.get("keys").fieldNames().forEachRemaining(keys::add);
        assertEquals(keys, List.copyOf(actual.keys()));
        for (String key : keys) {
            JsonNode value = expected.get("keys").get(key);
            assertEquals(value.isArray(), actual.isList(key), key);
            if (value.isArray()) {
                List<String> items = new ArrayList<>();
                value.forEach(item -> items.add(item.asText()));
                assertEquals(items, actual.list(key), key);
            } else {
                assertEquals(value.asText(), actual.text(key).orElseThrow(), key);
            }
        }
        JsonNode sections = expected.get("sections");
        assertEquals(sections.size(), actual.sections().size());
        for (int i = 0; i < sections.size(); i++) {
            ConfigSection section = actual.sections().get(i);
            assertEquals(sections.get(i).get(0).asText(), section.name());
            compare(sections.get(i).get(1), section);
        }
    }

    private static Stream<JsonNode> cases(String group) {
        return StreamSupport.stream(VECTORS.get(group).spliterator(), false);
    }

    private static JsonNode load() {
        try (InputStream in = ConfigReaderVectors.class.getResourceAsStream("/vectors/configobj.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("configobj.json is missing", e);
        }
    }
}
