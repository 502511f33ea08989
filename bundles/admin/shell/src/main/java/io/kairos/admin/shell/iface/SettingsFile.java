package io.kairos.admin.shell.iface;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Edits the text of a settings file and leaves everything else in it as its operator wrote it. */
public final class SettingsFile {

    private SettingsFile() {}

    /** {@code key = value}, with what the format reads specially escaped. */
    public static String line(String key, String value) {
        String escaped = value.replace("\\", "\\\\").replace("${", "$\\\\{");
        return (key + " = " + escaped).stripTrailing();
    }

    /** The text with this value for the key: in place of the old one, or at the end. */
    public static String set(String text, String key, String value) {
        Pattern assignment = Pattern.compile("\\s*" + Pattern.quote(key) + "(\\s*[=:].*|\\s+.*|\\s*)");
        List<String> lines = new ArrayList<>();
        boolean done = false;
        boolean skipping = false;
        for (String line : text.lines().toList()) {
            if (skipping) {
                skipping = continues(line);
            } else if (assignment.matcher(line).matches()) {
                if (!done) {
                    lines.add(line(key, value));
                }
                done = true;
                skipping = continues(line);
            } else {
                lines.add(line);
            }
        }
        if (!done) {
            lines.add(line(key, value));
        }
        return String.join("\n", lines) + "\n";
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
