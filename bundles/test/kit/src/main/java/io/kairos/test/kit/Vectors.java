package io.kairos.test.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Test vectors from {@code src/test/resources/vectors}. Byte strings are lower-case hex unless the name of a field ends in
 * {@code _text}.
 *
 * <p>A missing file, field or list and an empty list fail: a vector test that tests nothing must not be green.
 */
public final class Vectors {

    private Vectors() {}

    /**
     * Loads one file.
     *
     * @param owner a class of the module that holds the file
     * @param file name below {@code vectors/}, for example {@code identities.json}
     */
    public static JsonNode load(Class<?> owner, String file) {
        String path = "/vectors/" + file;
        try (InputStream in = owner.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no test resource " + path + " beside " + owner.getName());
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /** The cases of one list of a file, at least one. */
    public static List<JsonNode> cases(Class<?> owner, String file, String list) {
        return cases(load(owner, file), list);
    }

    /** The elements of a list below {@code node}, at least one. */
    public static List<JsonNode> cases(JsonNode node, String list) {
        List<JsonNode> cases =
                StreamSupport.stream(field(node, list).spliterator(), false).toList();
        if (cases.isEmpty()) {
            throw new AssertionError("the list " + list + " is empty");
        }
        return cases;
    }

    /** The bytes of a field: hex, or UTF-8 where its name ends in {@code _text}. */
    public static byte[] bytes(JsonNode node, String field) {
        String text = text(node, field);
        return field.endsWith("_text")
                ? text.getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(text);
    }

    /** The text of a field. */
    public static String text(JsonNode node, String field) {
        return field(node, field).asText();
    }

    /** The number of a field. */
    public static long number(JsonNode node, String field) {
        JsonNode value = field(node, field);
        if (!value.isIntegralNumber()) {
            throw new AssertionError("the field " + field + " is no whole number: " + value);
        }
        return value.asLong();
    }

    private static JsonNode field(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null || value.isNull()) {
            throw new AssertionError("no field " + field + " in this vector");
        }
        return value;
    }
}
