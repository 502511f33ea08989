package io.kairos.platform.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was found in each bundle, by bundle and the time of its last update; lies in the framework's storage and goes with it. A
 * line that cannot be read is as good as none. Not thread-safe; {@link Judge} is.
 */
final class Memory {

    private final Path file;
    private Map<Long, Entry> entries;
    private boolean isChanged;

    private record Entry(long lastModified, String content) {}

    Memory(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    Optional<String> get(long id, long lastModified) {
        return Optional.ofNullable(entries().get(id))
                .filter(entry -> entry.lastModified() == lastModified)
                .map(Entry::content);
    }

    void put(long id, long lastModified, String content) {
        entries().put(id, new Entry(lastModified, content));
        isChanged = true;
    }

    void save() throws IOException {
        if (!isChanged) {
            return;
        }
        isChanged = false; // also where it fails: the next change tries again
        StringBuilder text = new StringBuilder();
        entries()
                .forEach((id, entry) -> text.append(id)
                        .append(' ')
                        .append(entry.lastModified())
                        .append(' ')
                        .append(entry.content())
                        .append('\n'));
        Files.createDirectories(file.getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<Long, Entry> entries() {
        if (entries == null) {
            entries = new TreeMap<>();
            try {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split(" ", -1);
                    if (parts.length == 3) {
                        entries.put(Long.valueOf(parts[0]), new Entry(Long.parseLong(parts[1]), parts[2]));
                    }
                }
            } catch (IOException | NumberFormatException e) {
                entries.clear(); // the first start, or a damaged file: everything is looked at again
            }
        }
        return entries;
    }
}
