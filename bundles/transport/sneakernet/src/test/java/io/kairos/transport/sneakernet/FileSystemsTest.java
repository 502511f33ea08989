package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.Counterpart;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real file systems: small ext4 images, mounted where the tests may do that, and FAT images through mtools, because not
 * every kernel has FAT.
 */
class FileSystemsTest {

    @TempDir
    Path work;

    private final Member alice = new Member(1);
    private final Member bob = new Member(2);
    private Path mounted;

    @BeforeEach
    void prepare() throws IOException {
        mounted = Files.createDirectory(work.resolve("stick"));
    }

    @AfterEach
    void release() throws IOException {
        run("umount", "-l", mounted.toString());
    }

    @Test
    void aFullStickKeepsWhatItHasAndTakesTheRestWhenThereIsRoom() throws IOException {
        mount(ext4(2), "");
        Files.createDirectory(mounted.resolve(StickFolder.NAME));
        Path ballast = mounted.resolve("ballast");
        fill(ballast);
        alice.queue(Member.packet(1));
        Stick visit = new Stick(StickFolder.on(mounted).orElseThrow(), alice.traveller);
        visit.read(alice.sealer, Member.NOW);
        visit.write(alice.sealer, Member.NOW, true);
        assertTrue(visit.isFull(), "the last twentieth of a stick is left alone");
        assertThrows(
                IOException.class,
                () -> StickFolder.on(mounted).orElseThrow().write("00000001.kb", new byte[200_000], 1));
        assertEquals(
                List.of(), StickFolder.on(mounted).orElseThrow().list(), "nothing half written is left on a full disk");

        Files.delete(ballast);
        visit.read(alice.sealer, Member.NOW);
        visit.write(alice.sealer, Member.NOW, true);
        assertFalse(visit.isFull());
        assertEquals(1, bob.visit(mounted));
    }

    @Test
    void fromAReadOnlyStickPacketsAreTakenAndNothingIsPutThere() throws IOException {
        Path image = ext4(2);
        mount(image, "");
        Files.createDirectory(mounted.resolve(StickFolder.NAME));
        alice.queue(Member.packet(1));
        alice.visit(mounted);
        run("umount", mounted.toString());
        mount(image, ",ro");

        StickFolder folder = StickFolder.on(mounted).orElseThrow();
        assertTrue(folder.space().isReadOnly());
        assertEquals(1, new Stick(folder, bob.traveller).read(bob.sealer, Member.NOW));
        assertThrows(IOException.class, () -> folder.write("00000001.kb", new byte[10], 1));
    }

    @Test
    void anImageThatIsCutAnywhereGivesAllThatWasWhole() throws IOException {
        Path image = ext4(2);
        mount(image, "");
        Files.createDirectory(mounted.resolve(StickFolder.NAME));
        alice.queue(Member.packet(1), Member.packet(2));
        alice.visit(mounted);
        run("umount", mounted.toString());
        byte[] whole = Files.readAllBytes(image);
        int place = find(whole, new byte[] {'K', 'S', 'N', 'K', '\r', '\n', 0x1A, 1});
        try (RandomAccessFile damaged = new RandomAccessFile(image.toFile(), "rw")) {
            damaged.seek(place + 400); // in the middle of the first packet
            damaged.write(new byte[64]);
        }
        mount(image, "");

        assertEquals(1, bob.visit(mounted));
        alice.visit(mounted);
        assertEquals(1, bob.visit(mounted), "its writer has written it again");
    }

    @Test
    void aFatStickCarriesPacketsThereAndProofsBack() throws IOException {
        Counterpart.program("mcopy", "mtools");
        String mkfs = Counterpart.program("mkfs.vfat", "dosfstools").toString();
        assertTrue(run(mkfs, "-C", work.resolve("fat").toString(), "2048"));
        Files.createDirectory(mounted.resolve(StickFolder.NAME));
        alice.queue(Member.packet(1), Member.packet(2));
        alice.visit(mounted);
        assertTrue(toFat());
        fromFat();
        bob.queue(Member.packet(3));
        assertEquals(2, bob.visit(mounted));
        assertTrue(toFat());
        fromFat();

        assertEquals(1, alice.visit(mounted));
        try (Stream<Path> files = Files.list(mounted.resolve(StickFolder.NAME))) {
            assertTrue(files.allMatch(file -> file.getFileName().toString().matches("[0-9A-Fa-f]{8}\\.k[bn]")));
        }
    }

    /** As Linux does without long names: everything in capitals. */
    @Test
    void namesInCapitalsAreTheSame() throws IOException {
        Files.createDirectory(mounted.resolve(StickFolder.NAME));
        alice.queue(Member.packet(1));
        alice.visit(mounted);
        try (Stream<Path> files = Files.list(mounted.resolve(StickFolder.NAME))) {
            for (Path file : files.toList()) {
                Files.move(
                        file, file.resolveSibling(file.getFileName().toString().toUpperCase(Locale.ROOT)));
            }
        }

        assertEquals(1, bob.visit(mounted));
    }

    private boolean toFat() throws IOException {
        run("mdeltree", "-i", work.resolve("fat").toString(), "::kairos");
        return run(
                "mcopy",
                "-s",
                "-p",
                "-i",
                work.resolve("fat").toString(),
                mounted.resolve("kairos").toString(),
                "::");
    }

    private void fromFat() throws IOException {
        try (Stream<Path> all = Files.walk(mounted.resolve("kairos"))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        assertTrue(run("mcopy", "-s", "-i", work.resolve("fat").toString(), "::kairos", mounted.toString()));
    }

    private Path ext4(int megabytes) throws IOException {
        Path image = work.resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        String mkfs = Counterpart.program("mkfs.ext4", "e2fsprogs").toString();
        assertTrue(run(mkfs, "-q", "-F", "-m", "0", image.toString()));
        return image;
    }

    private void mount(Path image, String options) throws IOException {
        Assumptions.assumeTrue(
                run("mount", "-o", "loop" + options, image.toString(), mounted.toString()),
                "not run, only root may mount");
    }

    private static void fill(Path ballast) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
            byte[] block = new byte[4_096];
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            assertTrue(Files.size(ballast) > 100_000);
        }
    }

    private static int find(byte[] in, byte[] what) {
        for (int at = 0; at < in.length - what.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }

    private static boolean run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException missing) {
            return false;
        }
    }
}
