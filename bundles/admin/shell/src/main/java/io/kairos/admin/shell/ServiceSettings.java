package io.kairos.admin.shell;

import io.kairos.admin.shell.iface.SettingsFile;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.osgi.framework.BundleContext;

/** The settings file of a part of the node that exists once; edited so that an operator finds in {@code etc} what holds. */
public final class ServiceSettings {

    private final Path file;

    /** @param pid whose file it is */
    public ServiceSettings(BundleContext context, String pid) {
        String etc = context.getProperty("karaf.etc");
        if (etc == null) {
            throw Arguments.wrong(
                    "This container has no folder of settings files.", "Change the configuration with config:edit.");
        }
        this.file = Path.of(etc, pid + ".cfg");
    }

    /** What a key says; the default where it says nothing. */
    public String get(String key, String otherwise) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(text()));
            return properties.getProperty(key, otherwise);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /** Changes some keys in one step; everything else stays as it is. */
    public void set(Map<String, String> changes) {
        try {
            String text = text();
            for (Map.Entry<String, String> change : changes.entrySet()) {
                text = SettingsFile.set(text, change.getKey(), change.getValue());
            }
            replace(text);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void replace(String text) throws IOException {
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

    private MeshException unreadable(Exception cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                file + " could not be read or written: " + cause.getMessage(),
                "Check that the folder etc is writable for the user who runs Kairos and that the disk is not full.",
                cause);
    }
}
