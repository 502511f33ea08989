package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The keys the operator trusts: {@code etc/plugin.keys}, lines {@code name = ed25519:<base64>}; lines that begin with # stay as
 * they are. Read at each use, so that an edit counts at once. Threads: any.
 */
final class KeyFile {

    static final String FILE = "plugin.keys";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MOST_BYTES = 256 << 10;
    private static final String HEAD = "# Keys whose plugin packages this node accepts: name = ed25519:<base64>\n";

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
    }

    /** Name to key, in the order of the file. */
    synchronized Map<String, PackageKey> keys() {
        Map<String, PackageKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines()) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            int equals = text.indexOf('=');
            String name = text.substring(0, Math.max(0, equals)).strip();
            if (!NAME.matcher(name).matches()) {
                throw mistake(number, "a line has a name, = and a key");
            }
            try {
                if (keys.put(name, PackageKey.of(text.substring(equals + 1).strip())) != null) {
                    throw mistake(number, name + " is there twice");
                }
            } catch (MalformedException e) {
                throw mistake(number, e.getMessage());
            }
        }
        return keys;
    }

    synchronized void add(String name, String key) {
        if (!NAME.matcher(name).matches()) {
            throw Refused.wrong(
                    "'" + name + "' cannot name a key.",
                    "Use letters, digits, dots, dashes: plugin:trust add alice KEY.");
        }
        PackageKey read;
        try {
            read = PackageKey.of(key.strip());
        } catch (MalformedException e) {
            throw Refused.wrong(
                    "This is no public key: " + e.getMessage() + ".",
                    "A key reads ed25519: and 44 characters of base64; its owner publishes it.");
        }
        Map<String, PackageKey> keys = keys();
        if (keys.containsKey(name)) {
            throw Refused.wrong(
                    "There is a key called " + name + " already.",
                    "Choose another name, or remove it first with plugin:trust remove " + name + ".");
        }
        keys.forEach((other, known) -> {
            if (known.equals(read)) {
                throw Refused.wrong("This key is trusted already, as " + other + ".", "Nothing needs to be done.");
            }
        });
        List<String> lines = new ArrayList<>(lines());
        lines.add(name + " = " + read.text());
        save(lines);
    }

    synchronized void remove(String name) {
        if (!keys().containsKey(name)) {
            throw Refused.wrong("There is no key called " + name + ".", "plugin:trust list shows the keys.");
        }
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> !line.strip().startsWith("#")
                && line.contains("=")
                && line.substring(0, line.indexOf('=')).strip().equals(name));
        save(lines);
    }

    private void save(List<String> lines) {
        String text = String.join("\n", lines) + "\n";
        try {
            Disk.write(file, text.startsWith("#") ? text : HEAD + text);
        } catch (IOException e) {
            throw Refused.storage("The keys cannot be written to " + file, e);
        }
    }

    private List<String> lines() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw Refused.wrong(file + " is too large to be a list of keys.", "Look at it with an editor.");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw Refused.storage("The keys in " + file + " cannot be read", e);
        }
    }

    private RuntimeException mistake(int number, String what) {
        return Refused.wrong(
                "Line " + number + " of " + file + " cannot be read: " + what + ".",
                "Correct it with an editor; until then no package is accepted.");
    }
}
