package io.kairos.platform.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Digests of what was installed from signed packages: a file with one SHA-256 at the beginning of each line, written by
 * admin/update. It is asked for foreign bundles only and read again when it was changed. Not thread-safe; {@link Judge} is.
 */
final class AllowedContents {

    private static final int LONGEST = 1 << 20;
    private static final int DIGEST = 64;

    private final Path file;
    private Object stamp;
    private Set<String> digests = Set.of();

    AllowedContents(Path file) {
        this.file = file;
    }

    boolean contains(String digest) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // the file is replaced as a whole, so its key on the disk tells one from another within a clock tick
            Object now = attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
            if (!now.equals(stamp)) {
                digests = attributes.size() > LONGEST ? Set.of() : read();
                stamp = now;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            System.getLogger(getClass().getPackageName())
                    .log(System.Logger.Level.WARNING, "The gate cannot read {0}: {1}", file, e.toString());
            return false;
        }
        return digest.length() == DIGEST && digests.contains(digest);
    }

    private Set<String> read() throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.length() >= DIGEST)
                .map(line -> line.substring(0, DIGEST))
                .collect(Collectors.toUnmodifiableSet());
    }
}
