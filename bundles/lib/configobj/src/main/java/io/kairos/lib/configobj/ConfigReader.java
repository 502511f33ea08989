package io.kairos.lib.configobj;

import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Optional;

/**
 * Reads a configuration file of a Reticulum program (ConfigObj's format). Pure: text in, sections out.
 *
 * <pre>
 *  # comment             a line of its own
 *  key = value           # the rest of the line, up to a # that no quotes protect
 *  key = a, 'b, c',      a list; a comma at the end makes a list of one, a comma alone an empty list
 *  key = """several
 *  lines"""
 *  [section]
 *    [[sub-section]]     one level deeper at a time; indentation means nothing
 *  key = %(other)s/x     another key's value: of this section, of DEFAULT beside it, of the sections above
 * </pre>
 *
 * <p>A key or section that is there twice, or a line that is nothing of this, refuses the whole file, with its line.
 */
public final class ConfigReader {

    /** Most characters of a file. */
    public static final int MAXIMUM_CHARACTERS = 1 << 20;

    static final int MAXIMUM_LINE = 16_384;
    static final int MAXIMUM_ENTRIES = 16_384;
    static final int MAXIMUM_DEPTH = 16;

    private static final List<String> TRIPLES = List.of("'''", "\"\"\"");

    private final String source;
    private final List<String> lines;
    private final ConfigSection root;
    private ConfigSection current;
    private int next;
    private int entries;

    private ConfigReader(String text, String source) {
        this.source = source;
        this.lines = text.lines().toList();
        this.root = new ConfigSection("", null, source, 0);
        this.current = root;
    }

    /**
     * Reads a file.
     *
     * @param text the whole file, without a byte order mark or with one
     * @param source what to call it in failures, for example its path
     * @throws MeshException of kind {@code CONFIGURATION} that names file and line
     */
    public static ConfigSection read(String text, String source) {
        if (text.length() > MAXIMUM_CHARACTERS) {
            throw ConfigFailures.at(
                    source, 1, "the file is longer than 1 MiB", "Check that it is a configuration file.");
        }
        return new ConfigReader(text.startsWith("\ufeff") ? text.substring(1) : text, source).read();
    }

    private ConfigSection read() {
        while (next < lines.size()) {
            String line = lines.get(next++).strip();
            if (line.length() > MAXIMUM_LINE) {
                throw wrong("the line is longer than " + MAXIMUM_LINE + " characters", "Shorten it.");
            }
            if (!line.isEmpty() && line.charAt(0) != '#') {
                if (++entries > MAXIMUM_ENTRIES) {
                    throw wrong("there are more than " + MAXIMUM_ENTRIES + " entries", "Divide the file.");
                }
                entry(line);
            }
        }
        return root;
    }

    private void entry(String line) {
        Optional<SectionMark> mark = line.charAt(0) == '[' ? SectionMark.parse(line) : Optional.empty();
        if (mark.isPresent()) {
            openSection(mark.get());
            return;
        }
        int equals = equalsSign(line);
        if (equals < 1) {
            throw wrong(
                    "this is neither a section nor a setting",
                    "Write [section], key = value, or # before a comment; a ; starts no comment.");
        }
        setting(
                unquoted(line.substring(0, equals).strip()),
                line.substring(equals + 1).strip());
    }

    private void openSection(SectionMark mark) {
        if (mark.opening() != mark.closing()) {
            throw wrong("as many [ as ] are needed around the name of a section", "Write for example [[name]].");
        }
        if (mark.opening() > current.depth() + 1 || mark.opening() > MAXIMUM_DEPTH) {
            throw wrong("the section is nested too deep", "Use one pair of brackets more than the section it is in.");
        }
        ConfigSection parent = current;
        while (parent.depth() >= mark.opening()) {
            parent = parent.parent();
        }
        String name = unquoted(mark.name());
        refuseTwice(parent, name);
        current = parent.open(name, next);
    }

    private void setting(String key, String text) {
        int line = next;
        refuseTwice(current, key);
        String quote = tripleQuote(text);
        ConfigValue value = quote.isEmpty()
                ? ValueText.parse(text).orElseThrow(() -> wrong("the value cannot be read", ValueText.REMEDY))
                : ConfigValue.single(severalLines(text.substring(3), quote));
        current.put(key, value, line);
    }

    private static String tripleQuote(String text) {
        for (String triple : TRIPLES) {
            if (text.startsWith(triple)) {
                return triple;
            }
        }
        return "";
    }

    /** Collects lines up to the closing quotes, after which only a comment may stand. */
    private String severalLines(String first, String quote) {
        int start = next;
        StringBuilder value = new StringBuilder();
        String line = first;
        while (true) {
            int end = line.indexOf(quote);
            if (end >= 0) {
                String after = line.substring(end + 3).strip();
                if (!after.isEmpty() && after.charAt(0) != '#') {
                    throw wrong("something follows the closing quotes", "Write only a # comment behind them.");
                }
                return value.append(line, 0, end).toString();
            }
            if (next >= lines.size()) {
                throw ConfigFailures.at(source, start, "the triple quotes are never closed", "Close them: " + quote);
            }
            value.append(line).append('\n');
            line = lines.get(next++);
        }
    }

    private void refuseTwice(ConfigSection section, String name) {
        if (section.isTaken(name)) {
            throw wrong("'" + name + "' is there twice", "Remove one of them.");
        }
    }

    /** Where the key ends; a key in quotes may have an equals sign in it. */
    private static int equalsSign(String line) {
        char first = line.charAt(0);
        if (first == '"' || first == '\'') {
            int close = line.indexOf(first, 1);
            int equals = close < 0 ? -1 : line.indexOf('=', close);
            return equals > 0 && line.substring(close + 1, equals).isBlank() ? equals : -1;
        }
        return line.indexOf('=');
    }

    private static String unquoted(String text) {
        char first = text.charAt(0);
        boolean quoted =
                text.length() > 1 && (first == '"' || first == '\'') && text.charAt(text.length() - 1) == first;
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private MeshException wrong(String reason, String remedy) {
        return ConfigFailures.at(source, next, reason, remedy);
    }
}
