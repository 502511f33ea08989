package io.kairos.platform.gate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {

    private static final String LOCATION = "mvn:org.example/core/1.0.0";

    @TempDir
    Path node;

    private Path shippedJar;
    private Path storage;

    @BeforeEach
    void aNodeThatShipsOneBundle() throws IOException {
        storage = node.resolve("cache");
        shippedJar = node.resolve("system/org/example/core/1.0.0/core-1.0.0.jar");
        Files.createDirectories(shippedJar.getParent());
        Files.writeString(shippedJar, "shipped");
    }

    @Test
    void whatIsShippedIsAdmitted() throws IOException {
        install(1, "0.0", "inputstream:", "shipped");

        assertTrue(judge().admits(1, 10, LOCATION, "core"));
    }

    @Test
    void aShippedJarIsAdmittedFromWhereverItWasInstalled() throws IOException {
        install(1, "0.0", "inputstream:", "shipped");

        assertTrue(judge().admits(1, 10, "file:/tmp/copy.jar", "core"));
    }

    @Test
    void foreignContentIsRefusedWhateverItsLocationSays() throws IOException {
        install(1, "0.0", "inputstream:", "foreign");

        assertFalse(judge().admits(1, 10, LOCATION, "core"));
        assertFalse(judge().admits(1, 10, "mvn:org.example/../../core/1.0.0", "core"));
    }

    @Test
    void anUpdateIsLookedAtAgain() throws IOException {
        install(1, "0.0", "inputstream:", "shipped");
        assertTrue(judge().admits(1, 10, LOCATION, "core"));

        install(1, "0.1", "inputstream:", "foreign");

        assertFalse(judge().admits(1, 11, LOCATION, "core"));
    }

    @Test
    void theTenthRevisionIsNewerThanTheNinth() throws IOException {
        install(1, "0.9", "inputstream:", "shipped");
        install(1, "0.10", "inputstream:", "foreign");

        assertFalse(judge().admits(1, 10, LOCATION, "core"));
    }

    @Test
    void whatWasFoundIsRememberedOverAStart() throws IOException {
        install(1, "0.0", "inputstream:", "shipped");
        Judge first = judge();
        first.admits(1, 10, LOCATION, "core");
        first.remember();
        Files.delete(storage.resolve("bundle1/version0.0/bundle.jar"));

        assertTrue(judge().admits(1, 10, LOCATION, "core"));
        assertFalse(judge().admits(1, 11, LOCATION, "core"), "another content under the same number");
    }

    @Test
    void whatASignedPackageBroughtIsAdmittedWhileItIsRecorded() throws IOException {
        install(1, "0.0", "inputstream:", "foreign");
        Path jar = storage.resolve("bundle1/version0.0/bundle.jar");
        Judge judge = judge();
        assertFalse(judge.admits(1, 10, "mvn:a/b/1", "b"));

        allow(Sha256.of(jar) + " mvn:a/b/1\n");
        assertTrue(judge.admits(1, 10, "mvn:a/b/1", "b"));

        allow("");
        assertFalse(judge.admits(1, 10, "mvn:a/b/1", "b"));
    }

    @Test
    void aReferenceIsAdmittedOnlyInsideTheDistribution() throws IOException {
        Path evil = Files.writeString(node.resolve("evil.jar"), "shipped");
        install(1, "0.0", "reference:" + shippedJar.toUri(), null);
        install(2, "0.0", "reference:" + evil.toUri(), null);
        install(3, "0.0", "reference:file:" + node.resolve("system/../evil.jar"), null);
        Path link = Files.createSymbolicLink(node.resolve("system/link.jar"), evil);
        install(4, "0.0", "reference:" + link.toUri(), null);
        Path outside = Files.createSymbolicLink(node.resolve("turns.jar"), shippedJar); // today
        install(5, "0.0", "reference:" + outside.toUri(), null);

        assertTrue(judge().admits(1, 10, LOCATION, "core"));
        assertFalse(judge().admits(2, 10, LOCATION, "core"));
        assertFalse(judge().admits(3, 10, LOCATION, "core"));
        assertFalse(judge().admits(4, 10, LOCATION, "core"));
        assertFalse(judge().admits(5, 10, LOCATION, "core"));
    }

    @Test
    void aStorageThatLooksOtherwiseAdmitsNothing() throws IOException {
        Files.createDirectories(storage.resolve("bundle1"));

        assertFalse(judge().admits(1, 10, LOCATION, "core"));
        assertFalse(judge().admits(2, 10, LOCATION, "core"));
    }

    @Test
    void aDamagedMemoryIsNoMemory() throws IOException {
        install(1, "0.0", "inputstream:", "foreign");
        Files.createDirectories(storage.resolve("bundle0"));
        Files.writeString(storage.resolve("bundle0/gate"), "1 x shipped\n1 10\n");

        assertFalse(judge().admits(1, 10, LOCATION, "core"));
    }

    private Judge judge() {
        return new Judge(
                new RevisionFiles(storage),
                new ShippedFiles(node.resolve("system")),
                new AllowedContents(node.resolve("packages/allowed")),
                new Memory(storage.resolve("bundle0/gate")));
    }

    private void allow(String text) throws IOException {
        Path file = node.resolve("packages/allowed");
        Files.createDirectories(file.getParent());
        Files.writeString(file.resolveSibling("new"), text);
        Files.move(file.resolveSibling("new"), file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void install(long id, String version, String location, String content) throws IOException {
        Path revision = Files.createDirectories(storage.resolve("bundle" + id + "/version" + version));
        Files.writeString(revision.resolve("revision.location"), location);
        if (content != null) {
            Files.writeString(revision.resolve("bundle.jar"), content);
        }
    }
}
