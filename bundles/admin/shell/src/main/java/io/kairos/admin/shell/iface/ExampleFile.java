package io.kairos.admin.shell.iface;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A settings file with a comment above each setting; what is not given is commented out. */
final class ExampleFile {

    private static final int WIDTH = 100;

    private ExampleFile() {}

    /** Where the settings of an interface belong. */
    static String fileName(InterfaceKind kind, String name) {
        return kind.pid() + "-" + name + ".cfg";
    }

    /** To read and to paste: required settings stand free, all others are commented out with their defaults. */
    static String example(InterfaceKind kind) {
        StringBuilder out = new StringBuilder();
        comment(
                out,
                "Save this as etc/%s and fill in what is required; it takes effect within seconds."
                        .formatted(fileName(kind, "<name>")));
        comment(out, "The same in one line: " + oneLine(kind));
        out.append("#\n");
        return out.append(write(kind, Map.of())).toString();
    }

    private static String oneLine(InterfaceKind kind) {
        List<String> words = new ArrayList<>(List.of("iface:add", kind.kind(), "name=<name>"));
        kind.settings().stream()
                .filter(setting -> setting.mustBeGiven() && !setting.key().equals(Setting.NAME))
                .forEach(setting -> words.add(setting.key() + "=<" + setting.type() + ">"));
        return String.join(" ", words);
    }

    /** The file for these settings. */
    static String write(InterfaceKind kind, Map<String, String> given) {
        StringBuilder out = new StringBuilder();
        comment(out, kind.title() + (kind.description().isBlank() ? "" : ". " + kind.description()));
        boolean shared = false;
        for (Setting setting : kind.settings()) {
            out.append('\n');
            if (setting.shared() && !shared) {
                out.append("# ---- Settings of every interface ----\n\n");
                shared = true;
            }
            comment(out, about(setting));
            String value = given.get(setting.key());
            boolean free = value != null || setting.mustBeGiven();
            String shown = value != null ? value : setting.otherwise().orElse("");
            out.append(free ? "" : "#")
                    .append(SettingsFile.line(setting.key(), shown))
                    .append('\n');
        }
        return out.toString();
    }

    private static String about(Setting setting) {
        StringBuilder about = new StringBuilder(setting.name());
        if (!setting.description().isBlank() && !setting.description().equals(setting.name())) {
            about.append(": ").append(setting.description());
        }
        if (about.charAt(about.length() - 1) != '.') {
            about.append('.');
        }
        if (!setting.options().isEmpty()) {
            about.append(" One of ")
                    .append(String.join(", ", setting.options()))
                    .append('.');
        } else if (!setting.type().equals("text")) {
            about.append(setting.type().startsWith("true") ? " Either " : " A ")
                    .append(setting.type())
                    .append('.');
        }
        return about.append(setting.mustBeGiven() ? " Required." : "").toString();
    }

    private static void comment(StringBuilder out, String text) {
        StringBuilder line = new StringBuilder("#");
        for (String word : text.strip().split("\\s+")) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > 1) {
                out.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }
}
