package io.kairos.crypto.reticulum;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Vectors that were recorded from the reference implementation (RNS 1.4.2), from the test resources. */
final class VectorFile {

    private static final HexFormat HEX = HexFormat.of();

    private VectorFile() {}

    static JsonNode read(String name) {
        try (InputStream in = VectorFile.class.getResourceAsStream("/vectors/" + name)) {
            assertNotNull(in, name);
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One test for each element, which must not be none. */
    static Stream<DynamicTest> each(
            JsonNode array, Function<JsonNode, String> name, Function<JsonNode, Executable> test) {
        List<DynamicTest> tests = StreamSupport.stream(array.spliterator(), false)
                .map(element -> DynamicTest.dynamicTest(name.apply(element), test.apply(element)))
                .toList();
        if (tests.isEmpty()) {
            throw new AssertionError("no vectors");
        }
        return tests.stream();
    }

    /** The bytes of a field, {@code null} where it is missing or null. */
    static byte[] bytes(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? HEX.parseHex(value.textValue()) : null;
    }

    static String hex(byte[] bytes) {
        return bytes == null ? null : HEX.formatHex(bytes);
    }
}
