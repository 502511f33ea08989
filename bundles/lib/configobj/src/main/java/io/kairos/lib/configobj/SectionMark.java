package io.kairos.lib.configobj;

import java.util.Optional;

/**
 * A line that opens a section.
 *
 * @param opening brackets before the name
 * @param name without blanks around it, perhaps in quotes; not empty
 * @param closing brackets behind the name
 */
record SectionMark(int opening, String name, int closing) {

    /** Reads {@code [[name]] # comment}; empty where the line is no such thing. */
    static Optional<SectionMark> parse(String line) {
        int start = 0;
        int opening = 0;
        while (start < line.length() && (line.charAt(start) == '[' || line.charAt(start) == ' ')) {
            opening += line.charAt(start) == '[' ? 1 : 0;
            start++;
        }
        if (start == line.length()) {
            return Optional.empty();
        }
        int from = endOfQuotes(line, start);
        int bracket = line.indexOf(']', from);
        if (bracket < 0) {
            return Optional.empty();
        }
        int end = bracket;
        int closing = 0;
        while (end < line.length() && (line.charAt(end) == ']' || Character.isWhitespace(line.charAt(end)))) {
            closing += line.charAt(end) == ']' ? 1 : 0;
            end++;
        }
        String name = line.substring(start, bracket).strip();
        boolean commentOnly = end == line.length() || line.charAt(end) == '#';
        return name.isEmpty() || !commentOnly ? Optional.empty() : Optional.of(new SectionMark(opening, name, closing));
    }

    private static int endOfQuotes(String line, int start) {
        char first = line.charAt(start);
        if (first == '"' || first == '\'') {
            return Math.max(start, line.indexOf(first, start + 1));
        }
        return start;
    }
}
