package io.kairos.admin.importer;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/** The text of a settings file in {@code etc}. What an operator wrote in it stays as it is. */
final class SettingsText {

    private SettingsText() {}

    /** Keys and values of a file. */
    static Map<String, String> read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory", e);
        } catch (IllegalArgumentException e) {
            return Map.of(); // not in the format; then nothing in it counts as present
        }
        Map<String, String> read = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> read.put(key, properties.getProperty(key)));
        return read;
    }

    /** A new file. */
    static String write(String comment, Map<String, String> settings) {
        StringBuilder out = new StringBuilder();
        comment.lines().forEach(line -> out.append("# ").append(line).append('\n'));
        settings.forEach((key, value) -> out.append(line(key, value)).append('\n'));
        return out.toString();
    }

    /** The text with a value for a key: in place of the old one, or at the end. */
    static String set(String text, String key, String value) {
        Pattern assignment = Pattern.compile("\\s*" + Pattern.quote(key) + "(\\s*[=:].*|\\s+.*|\\s*)");
        List<String> lines = new ArrayList<>();
        boolean done = false;
        boolean skipping = false;
        for (String line : text.lines().toList()) {
            boolean isOld = skipping || assignment.matcher(line).matches();
            skipping = isOld && continues(line);
            if (!isOld) {
                lines.add(line);
            } else if (!done) {
                lines.add(line(key, value));
                done = true;
            }
        }
        if (!done) {
            lines.add(line(key, value));
        }
        return String.join("\n", lines) + "\n";
    }

    /** {@code key = value}, with what the format reads specially escaped. */
    private static String line(String key, String value) {
        String escaped = value.replace("\\", "\\\\").replace("${", "$\\\\{");
        String kept = escaped.startsWith(" ") ? "\\" + escaped : escaped;
        return kept.isEmpty() ? key + " =" : key + " = " + kept;
    }

    /** Whether the value goes on in the next line: an odd number of backslashes at the end. */
    private static boolean continues(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == '\\') {
            end--;
        }
        return (line.length() - end) % 2 == 1;
    }
}
