package io.kairos.admin.importer;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** The folder of settings files. A file is replaced in one step and belongs to its owner alone, because it may hold secrets. */
final class Etc {

    private static final int LONGEST_NAME = 64;

    private final Path folder;

    Etc(Path folder) {
        this.folder = folder;
    }

    /** The file of one interface. */
    static String fileName(String pid, String interfaceName) {
        String plain = interfaceName.strip().replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[.-]+|[.-]+$", "");
        String name = plain.isEmpty() ? "imported" : plain;
        return pid + "-" + name.substring(0, Math.min(name.length(), LONGEST_NAME)) + ".cfg";
    }

    boolean exists(String name) {
        return Files.exists(folder.resolve(name));
    }

    /** What a file says; empty where there is none. */
    Map<String, String> read(String name) {
        return exists(name) ? SettingsText.read(text(name)) : Map.of();
    }

    /** All files of a factory PID by name. */
    Map<String, Map<String, String>> instances(String pid) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pid + "-*.cfg")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                found.put(name, read(name));
            }
        } catch (IOException e) {
            throw storage(folder, e);
        }
        return found;
    }

    /** Makes a new file; fails where it exists. */
    void create(String name, String comment, Map<String, String> settings) {
        if (exists(name)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION, "etc/" + name + " exists already.", "Edit it, or remove it first.");
        }
        replace(folder.resolve(name), SettingsText.write(comment, settings));
    }

    /** Sets one key of a file, which is made where it does not exist. */
    void set(String name, String key, String value) {
        replace(folder.resolve(name), SettingsText.set(exists(name) ? text(name) : "", key, value));
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw storage(folder.resolve(name), e);
        }
    }

    private static void replace(Path file, String text) {
        try {
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
        } catch (IOException e) {
            throw storage(file, e);
        }
    }

    private static MeshException storage(Path file, IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                file + " could not be read or written: " + cause,
                "Check that the folder etc is writable for the user who runs Kairos and that the disk is not full.",
                cause);
    }
}
