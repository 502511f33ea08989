package io.kairos.transport.websocket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The first lines of a request or an answer (RFC 9112): one that says what it is, and fields.
 *
 * @param first the request line or the status line
 */
record HttpHead(String first, List<Field> fields) {

    /** Most bytes of a head with its empty line. */
    static final int MOST_BYTES = 8_192;

    private static final int MOST_FIELDS = 64;

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** @param name in lower case */
    record Field(String name, String value) {}

    HttpHead {
        fields = List.copyOf(fields);
    }

    /**
     * Reads one.
     *
     * @param bytes without the empty line at the end; at most {@link #MOST_BYTES}
     * @return empty where it is none
     */
    static Optional<HttpHead> parse(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\r\n", -1);
        if (lines.length > MOST_FIELDS + 1 || !isClean(text)) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0 || !NAME.matcher(lines[i].substring(0, colon)).matches()) {
                return Optional.empty();
            }
            fields.add(new Field(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip()));
        }
        return Optional.of(new HttpHead(lines[0], fields));
    }

    /** No control characters but the ends of lines and tabs. */
    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isEnd = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n'
                    || c == '\n' && i > 0 && text.charAt(i - 1) == '\r';
            if (c < ' ' && c != '\t' && !isEnd || c == 127) {
                return false;
            }
        }
        return true;
    }

    /** The only value of a field; empty where there is none or more than one. */
    Optional<String> one(String name) {
        List<String> values = fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    boolean has(String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name));
    }

    /** Whether a word stands in a field that is a list of words. */
    boolean lists(String name, String word) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .flatMap(field -> List.of(field.value().split(",")).stream())
                .anyMatch(value -> value.strip().equalsIgnoreCase(word));
    }
}
