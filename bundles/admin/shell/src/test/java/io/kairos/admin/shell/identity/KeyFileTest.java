package io.kairos.admin.shell.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    private static final byte[] KEYS = new byte[KeyText.BYTES];

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() {
        Path file = folder.resolve("node.identity");
        KeyFile.write(file, KEYS);

        assertArrayEquals(KEYS, KeyFile.read(file));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayRead() throws IOException {
        Path file = folder.resolve("node.identity");
        KeyFile.write(file, KEYS);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void neverOverwritesAnything() throws IOException {
        Path file = Files.writeString(folder.resolve("precious"), "kept");

        assertTrue(assertThrows(MeshException.class, () -> KeyFile.write(file, KEYS))
                .getMessage()
                .endsWith("exists already."));
        assertEquals("kept", Files.readString(file));
    }

    @Test
    void aMissingFolderIsNamed() {
        MeshException failure = assertThrows(
                MeshException.class, () -> KeyFile.write(folder.resolve("none").resolve("node"), KEYS));

        assertEquals("The folder %s does not exist.".formatted(folder.resolve("none")), failure.getMessage());
    }

    @Test
    void aFileOfAnotherLengthIsNoIdentity() throws IOException {
        Path longer = Files.write(folder.resolve("longer"), new byte[KeyText.BYTES + 1]);
        Path shorter = Files.write(folder.resolve("shorter"), new byte[KeyText.BYTES - 1]);

        assertTrue(assertThrows(MeshException.class, () -> KeyFile.read(longer))
                .getMessage()
                .contains("more than 64"));
        assertTrue(assertThrows(MeshException.class, () -> KeyFile.read(shorter))
                .getMessage()
                .contains("fewer than 64"));
    }
}
