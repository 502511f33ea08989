package io.kairos.admin.shell;

import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Writes JSON (RFC 8259), indented, keys in the order of the map: maps, iterables, texts, numbers, booleans, enums (as
 * lower-case words), optionals (absent becomes {@code null}) and {@code null}. Numbers that JSON does not have become
 * {@code null}. Everything beyond ASCII is escaped, so that no terminal is steered by what others announce.
 */
public final class Json {

    private static final String STEP = "  ";

    private Json() {}

    /** The value as a document without a line feed at its end. */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    private static void write(Object value, String indent, StringBuilder out) {
        if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), indent, out);
        } else if (value instanceof OptionalDouble optional) {
            write(optional.isPresent() ? optional.getAsDouble() : null, indent, out);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, indent, out);
        } else if (value instanceof Iterable<?> items) {
            writeItems(items, indent, out);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Enum<?> constant) {
            writeText(constant.name().toLowerCase(Locale.ROOT), out);
        } else {
            writeText(value.toString(), out);
        }
    }

    private static void writeMap(Map<?, ?> map, String indent, StringBuilder out) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        out.append("{\n");
        for (Iterator<? extends Map.Entry<?, ?>> all = map.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<?, ?> entry = all.next();
            out.append(indent).append(STEP);
            writeText(String.valueOf(entry.getKey()), out);
            out.append(": ");
            write(entry.getValue(), indent + STEP, out);
            out.append(all.hasNext() ? ",\n" : "\n");
        }
        out.append(indent).append('}');
    }

    private static void writeItems(Iterable<?> items, String indent, StringBuilder out) {
        Iterator<?> all = items.iterator();
        if (!all.hasNext()) {
            out.append("[]");
            return;
        }
        out.append("[\n");
        while (all.hasNext()) {
            out.append(indent).append(STEP);
            write(all.next(), indent + STEP, out);
            out.append(all.hasNext() ? ",\n" : "\n");
        }
        out.append(indent).append(']');
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < 0x20 || c > 0x7e ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        out.append('"');
    }
}
