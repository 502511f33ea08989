package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Reads, makes, changes and removes configurations of interfaces. The file is what counts: it is written first and the
 * container takes it over, so that an operator finds in {@code etc} what holds.
 */
final class InterfaceConfigurations {

    private static final String FILE = "felix.fileinstall.filename";

    private final ConfigurationAdmin admin;
    private final KindCatalog catalog;
    private final Optional<Path> folder;

    /** @param folder where settings files are; empty where this container has none */
    InterfaceConfigurations(ConfigurationAdmin admin, KindCatalog catalog, Optional<Path> folder) {
        this.admin = admin;
        this.catalog = catalog;
        this.folder = folder;
    }

    /** All of them by name, also those whose kind is not installed at the moment. */
    List<Configured> all() {
        List<Configured> all = new ArrayList<>();
        for (Configuration configuration : configurations("(service.factoryPid=*)")) {
            String factoryPid = configuration.getFactoryPid();
            catalog.find(factoryPid)
                    .or(() -> InterfaceKind.notInstalled(factoryPid))
                    .ifPresent(kind -> all.add(configured(kind, configuration)));
        }
        all.sort(Comparator.comparing(Configured::name).thenComparing(Configured::pid));
        return all;
    }

    Optional<Configured> find(String name) {
        return all().stream()
                .filter(configured -> configured.name().equals(name))
                .findFirst();
    }

    Configured require(String name) {
        return find(name).orElseThrow(() -> {
            String names =
                    String.join(", ", all().stream().map(Configured::name).toList());
            return Arguments.wrong(
                    "No interface '%s' is configured.".formatted(name),
                    names.isEmpty() ? "Add one: iface:example tcp-client shows how." : "There is: " + names + ".");
        });
    }

    /** Makes a configuration; tells the file, or empty where it has none. */
    Optional<Path> add(InterfaceKind kind, String name, Map<String, String> settings) {
        try {
            if (folder.isPresent()) {
                Path file = folder.get().resolve(ExampleFile.fileName(kind, name));
                if (Files.exists(file)) {
                    throw Arguments.wrong(
                            "%s exists already.".formatted(file),
                            "Edit it, or remove it with iface:remove %s.".formatted(name));
                }
                replace(file, ExampleFile.write(kind, settings));
                return Optional.of(file);
            }
            admin.getFactoryConfiguration(kind.pid(), name, "?").update(new Hashtable<>(settings));
            return Optional.empty();
        } catch (IOException e) {
            throw storage("The settings of %s could not be written".formatted(name), e);
        }
    }

    /** Changes one setting. */
    void set(Configured configured, String key, String value) {
        try {
            if (configured.file().isPresent()) {
                Path file = configured.file().get();
                replace(file, SettingsFile.set(Files.readString(file), key, value));
                return;
            }
            Configuration configuration = admin.getConfiguration(configured.pid(), "?");
            Dictionary<String, Object> properties = configuration.getProperties();
            properties.put(key, value);
            configuration.update(properties);
        } catch (IOException e) {
            throw storage("The settings of %s could not be changed".formatted(configured.name()), e);
        }
    }

    /** Removes a configuration and its file. */
    void remove(Configured configured) {
        try {
            if (configured.file().isPresent()) {
                Files.deleteIfExists(configured.file().get());
            } else {
                admin.getConfiguration(configured.pid(), "?").delete();
            }
        } catch (IOException e) {
            throw storage("The settings of %s could not be removed".formatted(configured.name()), e);
        }
    }

    /** Whether the container has taken the removal over. */
    boolean isGone(Configured configured) {
        return configurations("(service.pid=" + configured.pid() + ")").isEmpty();
    }

    private static Configured configured(InterfaceKind kind, Configuration configuration) {
        Map<String, String> settings = new TreeMap<>();
        Optional<Path> file = Optional.empty();
        Dictionary<String, Object> properties = configuration.getProperties();
        for (String key : Collections.list(properties.keys())) {
            String value = String.valueOf(properties.get(key));
            if (key.equals(FILE)) {
                file = file(value);
            } else if (!key.startsWith("service.") && !key.startsWith("felix.") && !key.startsWith("component.")) {
                settings.put(key, value);
            }
        }
        String pid = configuration.getPid();
        String fallback = pid.substring(Math.min(pid.length(), kind.pid().length() + 1));
        return new Configured(settings.getOrDefault(Setting.NAME, fallback), kind, pid, settings, file);
    }

    private static Optional<Path> file(String uri) {
        try {
            return Optional.of(Path.of(URI.create(uri)));
        } catch (IllegalArgumentException e) {
            // no file of this machine; then the configuration itself is changed
            return Optional.empty();
        }
    }

    private List<Configuration> configurations(String filter) {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (IOException e) {
            throw storage("The configurations could not be read", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("PIDs need no escaping", e);
        }
    }

    /** A reader, also the container, sees the old file or the new one, never half of it; secrets stay with the owner. */
    private static void replace(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(file.getParent(), ".draft-", ".tmp", ownerOnly);
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static MeshException storage(String message, IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                message + ": " + cause,
                "Check that the folder etc is writable for the user who runs Kairos and that the disk is not full.",
                cause);
    }
}
