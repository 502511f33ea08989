package io.kairos.core.store;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;

/**
 * The key that documents are encrypted with: 32 random bytes in the file {@code machine.key}, made at the first start so
 * that an unattended node boots. It is made only where there is no document yet, and never replaced.
 */
final class MachineKey {

    static final String FILE = "machine.key";
    static final int LENGTH = 32;

    private MachineKey() {}

    /**
     * Reads the key, or makes it.
     *
     * @param hasDocuments whether there is anything that an earlier key has encrypted
     */
    static byte[] loadOrCreate(Path folder, boolean hasDocuments, SecureRandom random) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            byte[] key = Files.readAllBytes(file);
            if (key.length != LENGTH) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The machine key %s has %d bytes instead of %d".formatted(file, key.length, LENGTH),
                        "Restore this file from a backup. Without it nothing in the store can be read.");
            }
            return key;
        } catch (NoSuchFileException e) {
            if (hasDocuments) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The machine key %s is missing, but there are documents that it has encrypted".formatted(file),
                        "Restore this file from a backup. To give up the documents and start anew, move the whole folder "
                                + "%s away.".formatted(folder),
                        e);
            }
            return create(folder, file, random);
        }
    }

    private static byte[] create(Path folder, Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[LENGTH];
        random.nextBytes(key);
        Path temporary = folder.resolve(FILE + DocumentName.TEMPORARY + "new");
        Files.deleteIfExists(temporary);
        Disk.writePrivate(temporary, out -> out.write(key));
        // The lock on the folder keeps others out, so nothing can be replaced here.
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        Disk.force(folder);
        return key;
    }
}
