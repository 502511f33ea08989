package io.kairos.core.config;

import io.kairos.api.failure.MalformedException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last settings of each configuration that passed the check, in memory and in a folder, so that an edit made while the
 * node was down does not cost an interface. One file for each configuration, private to the user the node runs as, replaced
 * in one step.
 *
 * <p>Not in the store: the settings of the store are checked too, before it is open.
 */
final class LastGood {

    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final String SUFFIX = ".settings";
    private static final String ORIGIN = "\u0001file"; // no key of an operator begins like this

    private final Path folder;
    private final Map<String, Map<String, Object>> settings = new ConcurrentHashMap<>();

    /** Reads what earlier runs left; what cannot be read is only a lost safety net and is said so. */
    LastGood(Path folder) {
        this.folder = folder;
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all =
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
            all.forEach(this::load);
        } catch (IOException e) {
            LOG.warn("The last good settings of earlier runs cannot be read; check the folder {}", folder, e);
        }
    }

    Optional<Map<String, Object>> find(String id) {
        return Optional.ofNullable(settings.get(id));
    }

    void remember(Edit edit) {
        Map<String, Object> before = settings.put(edit.id(), edit.settings());
        if (before == null || !encoded(before).equals(encoded(edit.settings()))) {
            try {
                save(edit);
            } catch (IOException e) {
                LOG.warn(
                        "The settings {} are good but cannot be kept in {}; they hold, but a bad edit made while the node is"
                                + " down would not be recognised. Check the disk",
                        edit.shown(),
                        folder,
                        e);
            }
        }
    }

    void forget(String id) {
        settings.remove(id);
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.debug("The last good settings of a removed configuration stay behind", e);
        }
    }

    private void load(Path file) {
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
            String origin = (String) read.remove(ORIGIN);
            if (origin != null && !origin.isEmpty() && Files.notExists(Path.of(origin))) {
                Files.deleteIfExists(file); // removed while the node was down
                return;
            }
            Map<String, Object> values = new TreeMap<>();
            read.forEach((key, line) -> values.put((String) key, SettingsCodec.decode((String) line)));
            String name = file.getFileName().toString();
            String id = name.substring(0, name.length() - SUFFIX.length());
            settings.put(URLDecoder.decode(id, StandardCharsets.UTF_8), Map.copyOf(values));
        } catch (IOException | IllegalArgumentException | MalformedException e) {
            LOG.warn(
                    "Last good settings of an earlier run cannot be read: {}. They are made anew with the next good edit",
                    file,
                    e);
        }
    }

    private void save(Edit edit) throws IOException {
        Properties lines = new Properties();
        lines.putAll(encoded(edit.settings()));
        lines.setProperty(ORIGIN, edit.file());
        Files.createDirectories(folder, attributes("rwx------"));
        Path draft = Files.createTempFile(folder, "draft", ".tmp", attributes("rw-------"));
        try {
            try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
                lines.store(out, null);
                out.getFD().sync();
            }
            Files.move(draft, file(edit.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path file(String id) {
        return folder.resolve(URLEncoder.encode(id, StandardCharsets.UTF_8) + SUFFIX);
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static Map<String, String> encoded(Map<String, Object> values) {
        Map<String, String> lines = new TreeMap<>();
        values.forEach((key, value) -> lines.put(key, SettingsCodec.encode(value)));
        return lines;
    }
}
