package io.kairos.lib.configobj;

import io.kairos.api.failure.MeshException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A section of a configuration file, in the order of the file. Does not change once the file is read. Values are checked
 * when they are asked for; what is wrong is a {@link MeshException} of kind {@code CONFIGURATION} that names file and line.
 *
 * <p>Threads: any, once the file is read.
 */
public final class ConfigSection {

    private static final Set<String> TRUE = Set.of("yes", "true", "on", "1");
    private static final Set<String> FALSE = Set.of("no", "false", "off", "0");

    private final String name;
    private final ConfigSection parent;
    private final String source;
    private final int line;
    private final int depth;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ConfigSection> sections = new LinkedHashMap<>();

    ConfigSection(String name, ConfigSection parent, String source, int line) {
        this.name = name;
        this.parent = parent;
        this.source = source;
        this.line = line;
        this.depth = parent == null ? 0 : parent.depth + 1;
    }

    /** Its name; empty for the whole file. */
    public String name() {
        return name;
    }

    /** The line that opened it; 0 for the whole file. */
    public int line() {
        return line;
    }

    /** What the file is called. */
    public String source() {
        return source;
    }

    /** Keys of its own, not of sections in it. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /** Sections in it. */
    public List<ConfigSection> sections() {
        return List.copyOf(sections.values());
    }

    public Optional<ConfigSection> section(String named) {
        return Optional.ofNullable(sections.get(named));
    }

    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The line of a key; the line of the section where it has no such key. */
    public int line(String key) {
        Entry entry = entries.get(key);
        return entry == null ? line : entry.line;
    }

    /** A single text; a list is refused, an empty text is one. */
    public Optional<String> text(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value.isList()) {
            throw wrong(
                    key, "a single value is expected, not a list", "Put quotes around a value that has a comma in it.");
        }
        return Optional.of(new Names(this, key).replace(entry.value.items().get(0)));
    }

    /** The items; a single value counts as a list of one, a missing key and an empty text as none. */
    public List<String> list(String key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.value.equals(ConfigValue.single(""))) {
            return List.of();
        }
        Names names = new Names(this, key);
        List<String> items = new ArrayList<>();
        for (String item : entry.value.items()) {
            items.add(names.replace(item));
        }
        return List.copyOf(items);
    }

    /** Whether a comma made the value a list. */
    public boolean isList(String key) {
        Entry entry = entries.get(key);
        return entry != null && entry.value.isList();
    }

    /** yes, true, on, 1 or no, false, off, 0, in any case. */
    public Optional<Boolean> flag(String key) {
        return text(key).map(text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (!TRUE.contains(word) && !FALSE.contains(word)) {
                throw wrong(key, "'" + text + "' is neither yes nor no", "Write yes or no.");
            }
            return TRUE.contains(word);
        });
    }

    /** A whole number in decimal digits. */
    public OptionalLong integer(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().strip().replace("_", "")));
        } catch (NumberFormatException e) {
            throw wrong(key, "'" + text.get() + "' is no whole number", "Write digits only.");
        }
    }

    /** A decimal number, finite. */
    public OptionalDouble decimal(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double number = Double.parseDouble(text.get().strip());
            if (Double.isFinite(number)) {
                return OptionalDouble.of(number);
            }
        } catch (NumberFormatException e) {
            // told below, in the same words as a number that is not finite
        }
        throw wrong(key, "'" + text.get() + "' is no number", "Write digits with at most one point.");
    }

    /** A failure that names file, line and key. */
    public MeshException wrong(String key, String reason, String remedy) {
        return ConfigFailures.at(source, line(key), key + ": " + reason, remedy);
    }

    ConfigSection parent() {
        return parent;
    }

    int depth() {
        return depth;
    }

    boolean isTaken(String key) {
        return entries.containsKey(key) || sections.containsKey(key);
    }

    ConfigSection open(String named, int at) {
        ConfigSection opened = new ConfigSection(named, this, source, at);
        sections.put(named, opened);
        return opened;
    }

    void put(String key, ConfigValue value, int at) {
        entries.put(key, new Entry(value, at));
    }

    /** A single value before names are replaced. */
    Optional<String> raw(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.value.isList()
                ? Optional.empty()
                : Optional.of(entry.value.items().get(0));
    }

    private record Entry(ConfigValue value, int line) {}
}
