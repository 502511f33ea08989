package io.kairos.admin.shell.safety;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.health.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileModesTest {

    @TempDir
    Path folder;

    private Path file(Path path, String mode) throws IOException {
        Files.writeString(path, "x");
        return mode(path, mode);
    }

    private static Path mode(Path path, String mode) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aFileThatOthersCanReadIsAnError() throws IOException {
        mode(folder, "rwx--x--x");
        file(folder.resolve("a.cfg"), "rw-------");
        file(folder.resolve("b.cfg"), "rw-r--r--");

        Finding finding = FileModes.check(List.of(folder)).get(0);
        assertEquals(Finding.Severity.ERROR, finding.severity());
        assertEquals(
                "1 files or folders in %s can be read or changed by other users of this machine, for example b.cfg"
                        .formatted(folder),
                finding.message());
        assertEquals("chmod -R go-rwx " + folder, finding.remedy());
    }

    @Test
    void nothingCountsBelowAFolderThatOthersCannotEnter() throws IOException {
        mode(folder, "rwx--x--x");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        file(closed.resolve("a.cfg"), "rw-r--r--");
        mode(closed, "rwx------");

        assertEquals(List.of(), FileModes.check(List.of(folder)));
    }

    @Test
    void whatIsNotThereIsNoFinding() {
        assertEquals(List.of(), FileModes.check(List.of(folder.resolve("store"))));
    }
}
