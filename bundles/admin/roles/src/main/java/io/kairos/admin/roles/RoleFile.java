package io.kairos.admin.roles;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/** The file of the operator that says which roles the node has; everything else in it stays as it is. */
final class RoleFile {

    private static final String KEY = "roles";
    private static final String HEAD =
            "# What this node is for: names of roles, separated by commas. role:list shows them.\n";
    private static final Pattern LINE = Pattern.compile("\\s*roles\\s*[=:].*|\\s*roles\\s+.*");

    private final Path file;

    RoleFile(Path file) {
        this.file = file;
    }

    Path path() {
        return file;
    }

    /** What it says at this moment; empty where it names nothing. */
    Optional<Set<String>> roles() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Reader in = Files.newBufferedReader(file)) {
            Properties settings = new Properties();
            settings.load(in);
            String said = settings.getProperty(KEY);
            return said == null ? Optional.empty() : RolesComponent.named(Map.of(KEY, said));
        } catch (IOException | IllegalArgumentException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    file + " could not be read: " + e.getMessage(),
                    "Correct the file, or remove it and choose the role anew.",
                    e);
        }
    }

    void write(Collection<String> roles) {
        try {
            String text = Files.exists(file) ? Files.readString(file) : HEAD;
            replace(file, set(text, "roles = " + String.join(", ", roles)));
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    file + " could not be written: " + e.getMessage(),
                    "Check that the folder etc is writable for the user who runs Kairos and that the disk is not full.",
                    e);
        }
    }

    /** The text with this line in the place of the one that says the roles, or at the end. */
    static String set(String text, String line) {
        List<String> lines = new ArrayList<>();
        boolean done = false;
        boolean goesOn = false;
        for (String old : text.lines().toList()) {
            boolean isPart = goesOn || LINE.matcher(old).matches();
            goesOn = isPart && old.endsWith("\\");
            if (!isPart) {
                lines.add(old);
            } else if (!done) {
                lines.add(line.stripTrailing());
                done = true;
            }
        }
        if (!done) {
            lines.add(line.stripTrailing());
        }
        return String.join("\n", lines) + "\n";
    }

    /** A reader sees the old file or the new one, never half of it; only the user of the node reads it. */
    static void replace(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".draft-", ".tmp", ownerOnly);
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
