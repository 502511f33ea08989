package io.kairos.transport.local.rpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RpcKeyTest {

    @TempDir
    Path folder;

    private RpcKey key() {
        return new RpcKey(Optional.empty(), folder.resolve("reticulum"), new SecureRandom());
    }

    private Path file() {
        return folder.resolve("reticulum/storage/transport_identity");
    }

    @Test
    void theFileIsMadeOnceForItsOwnerAlone() throws IOException {
        byte[] first = key().get();
        assertArrayEquals(first, key().get());
        assertEquals(64, Files.size(file()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(1, files.count(), "no draft stays");
        }
    }

    @Test
    void aFileOfTheProgramsIsReadAndNeverChanged() throws IOException {
        Files.createDirectories(file().getParent());
        Files.write(file(), new byte[64]);
        byte[] before = key().get();
        assertArrayEquals(new byte[64], Files.readAllBytes(file()));
        byte[] other = new byte[64];
        other[0] = 1;
        Files.write(file(), other);
        assertTrue(!java.util.Arrays.equals(before, key().get()), "a file that was made anew counts at once");
    }

    @Test
    void aFileThatIsNoIdentityIsAFailureWithARemedy() throws IOException {
        Files.createDirectories(file().getParent());
        Files.write(file(), new byte[10]);
        MeshException failure = assertThrows(MeshException.class, key()::get);
        assertTrue(failure.remedy().contains("rpc_key"));
        assertEquals(10, Files.size(file()), "it is left alone");
    }

    @Test
    void aFolderThatCannotBeMadeIsAFailureWithARemedy() throws IOException {
        Files.write(folder.resolve("reticulum"), new byte[1]);
        assertTrue(assertThrows(MeshException.class, key()::get).remedy().contains("reticulum.folder"));
    }

    @Test
    void aGivenKeyNeedsNoFile() {
        byte[] given = {1, 2, 3};
        assertArrayEquals(given, new RpcKey(Optional.of(given), folder.resolve("reticulum"), new SecureRandom()).get());
        assertTrue(Files.notExists(folder.resolve("reticulum")));
    }
}
