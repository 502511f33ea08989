package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Finding;
import io.kairos.api.health.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCheckTest {

    @TempDir
    Path temp;

    @Test
    void aFreshStoreIsWell() {
        Path folder = temp.resolve("store");
        new DiskStore(folder).close();

        assertTrue(StoreCheck.examine(folder, 0).stream().allMatch(finding -> finding.severity() == Severity.OK));
    }

    @Test
    void aKeyThatOthersMayReadIsAnErrorWithTheCommandThatCuresIt() throws IOException {
        Path folder = temp.resolve("store");
        new DiskStore(folder).close();
        if (!Disk.isPosix(folder)) {
            return;
        }
        Files.setPosixFilePermissions(folder.resolve("machine.key"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        List<Finding> findings = StoreCheck.examine(folder, 0);

        assertEquals(1, count(findings, Severity.ERROR));
        assertEquals(1, count(findings, Severity.WARNING));
        assertTrue(findings.stream().anyMatch(finding -> finding.remedy().startsWith("chmod 600 ")));
    }

    @Test
    void aMissingFolderAMissingKeyAndRecoveredDocumentsAreReported() throws IOException {
        assertEquals(1, count(StoreCheck.examine(temp.resolve("none"), 0), Severity.ERROR));
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertEquals(1, count(StoreCheck.examine(empty, 0), Severity.ERROR));
        Path folder = temp.resolve("store");
        new DiskStore(folder).close();
        assertEquals(1, count(StoreCheck.examine(folder, 2), Severity.WARNING));
    }

    @Test
    void littleRoomIsAWarningAndAlmostNoneAnError() {
        assertEquals(Severity.OK, StoreCheck.space(temp, 64L << 20).severity());
        assertEquals(Severity.WARNING, StoreCheck.space(temp, (64L << 20) - 1).severity());
        assertEquals(Severity.ERROR, StoreCheck.space(temp, (8L << 20) - 1).severity());
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }
}
