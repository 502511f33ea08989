package io.kairos.lib.bytes;

import java.util.List;

/**
 * The full name of a destination, taken apart.
 *
 * @param application its first part
 * @param aspects the parts behind it, perhaps none
 */
public record FullName(String application, List<String> aspects) {

    public FullName {
        aspects = List.copyOf(aspects);
    }

    /**
     * Takes a name apart at its dots.
     *
     * @throws IllegalArgumentException where a part is empty
     */
    public static FullName parse(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        if (parts.contains("")) {
            throw new IllegalArgumentException("a part of the name is empty: '" + text + "'");
        }
        return new FullName(parts.get(0), parts.subList(1, parts.size()));
    }

    /** All parts with dots between them. */
    public String text() {
        return Hashes.fullName(application, aspects.toArray(String[]::new));
    }
}
