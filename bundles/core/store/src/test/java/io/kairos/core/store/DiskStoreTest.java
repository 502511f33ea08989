package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DiskStoreTest {

    @TempDir
    Path temp;

    private Path folder;
    private DiskStore store;

    @BeforeEach
    void open() {
        folder = temp.resolve("store");
        store = new DiskStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsWrittenIsReadAgainAlsoAfterARestart() {
        store.write("a/b", text("first"));
        store.write("a/b", text("second"));
        reopen();

        assertEquals("second", read("a/b"));
        assertEquals(Optional.empty(), store.read("a/c").map(bytes -> "there"));
    }

    @Test
    void documentsOfEverySizeAroundAChunkComeBackWhole() {
        for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 131_072, 131_073, 1_000_000}) {
            byte[] content = new byte[size];
            new Random(size).nextBytes(content);
            store.write("sized", content);

            assertArrayEquals(content, store.read("sized").orElseThrow(), size + " bytes");
        }
    }

    @Test
    void largeDocumentsPassThroughWithoutBeingHeld() {
        long size = 40L << 20;
        byte[] piece = new byte[1 << 16];
        store.write("large", out -> {
            for (long written = 0; written < size; written += piece.length) {
                out.write(piece);
            }
        });

        long[] count = new long[1];
        store.read("large", in -> {
            byte[] buffer = new byte[8_192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count[0] += n;
            }
            return true;
        });

        assertEquals(size, count[0]);
    }

    @Test
    void nothingReadableReachesTheDisk() throws IOException {
        store.write("secret", text("the quick brown fox jumps over the lazy dog"));

        String raw = Files.readString(folder.resolve("secret~doc"), StandardCharsets.ISO_8859_1);

        assertFalse(raw.contains("quick"));
    }

    @Test
    void theSameContentLooksDifferentEachTime() throws IOException {
        store.write("one", text("same"));
        byte[] first = Files.readAllBytes(folder.resolve("one~doc"));
        store.write("one", text("same"));

        assertFalse(java.util.Arrays.equals(first, Files.readAllBytes(folder.resolve("one~doc"))));
    }

    @Test
    void filesAndFoldersArePrivate() throws IOException {
        store.write("a/b/c", text("x"));
        store.write("a/b/c", text("y"));

        if (!Disk.isPosix(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                String expected = Files.isDirectory(path) ? "rwx------" : "rw-------";
                assertEquals(
                        expected, PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }

    @Test
    void deletedDocumentsStayDeletedWithBothGenerations() throws IOException {
        store.write("a/b", text("1"));
        store.write("a/b", text("2"));

        store.delete("a/b");
        store.delete("a/b");
        reopen();

        assertTrue(store.read("a/b").isEmpty());
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void listsWholeNamesBelowAFolderSorted() {
        for (String name : List.of("b/two", "b/one", "bb", "a", "b/c/deep", "b")) {
            store.write(name, text(name));
            store.write(name, text(name));
        }

        assertEquals(List.of("a", "b", "b/c/deep", "b/one", "b/two", "bb"), store.list(""));
        assertEquals(List.of("b/c/deep", "b/one", "b/two"), store.list("b"));
        assertEquals(List.of(), store.list("none"));
    }

    @Test
    void noNameLeavesTheFolder() {
        for (String bad : List.of(
                "",
                ".",
                "..",
                "../x",
                "a/../b",
                "/etc/passwd",
                "a//b",
                "a/",
                ".hidden",
                "a/.b",
                "A",
                "a\\b",
                "a b",
                "a~doc",
                "\u00e4",
                "a\0b",
                "x".repeat(65),
                "a/b/c/d/e/f/g/h/i")) {
            assertThrows(IllegalArgumentException.class, () -> store.write(bad, text("x")), bad);
            assertThrows(IllegalArgumentException.class, () -> store.read(bad), bad);
            assertThrows(IllegalArgumentException.class, () -> store.delete(bad), bad);
        }
        assertThrows(IllegalArgumentException.class, () -> store.list("../.."));
        store.write("a/b/c/d/e/f/g/" + "x".repeat(64), text("deepest"));
        assertEquals("deepest", read("a/b/c/d/e/f/g/" + "x".repeat(64)));
    }

    @Test
    void aWriterThatFailsHalfwayChangesNothingAndLeavesNothing() throws IOException {
        store.write("doc", text("before"));

        MeshException failure = assertThrows(
                MeshException.class,
                () -> store.write("doc", out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }));

        assertEquals(Failure.Kind.STORAGE, failure.kind());
        assertTrue(failure.getMessage().contains("full"), failure.getMessage());
        assertFalse(failure.remedy().isBlank());
        assertEquals("before", read("doc"));
        assertEquals(0, leftovers());
    }

    @Test
    void aWriterThatThrowsSomethingElseChangesNothingEither() throws IOException {
        store.write("doc", text("before"));

        assertThrows(
                IllegalStateException.class,
                () -> store.write("doc", out -> {
                    out.write(1);
                    throw new IllegalStateException("a mistake of the caller");
                }));

        assertEquals("before", read("doc"));
        assertEquals(0, leftovers());
    }

    @Test
    void aFailureNamesTheFolderOfADocumentButNotTheDocument() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> store.write("ratchets/00112233", out -> {
                    throw new IOException("device gone");
                }));

        assertTrue(failure.getMessage().contains("ratchets/"), failure.getMessage());
        assertFalse((failure.getMessage() + failure.remedy()).contains("00112233"));
    }

    @Test
    void anInterruptedThreadStillSavesItsLastState() {
        Thread.currentThread().interrupt();
        try {
            store.write("last", text("state"));
            assertEquals("state", read("last"));
        } finally {
            assertTrue(Thread.interrupted(), "the interruption is kept for the caller");
        }
    }

    @Test
    void writersOfOneNameAreServedOneAfterTheOther() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        for (int i = 0; i < 60; i++) {
            byte fill = (byte) i;
            threads.execute(() -> store.write("shared", out -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                byte[] piece = new byte[1_000];
                java.util.Arrays.fill(piece, fill);
                for (int n = 0; n < 70; n++) {
                    out.write(piece);
                }
                inside.decrementAndGet();
            }));
        }
        threads.shutdown();
        while (!threads.isTerminated()) {
            store.read("shared").ifPresent(DiskStoreTest::assertUniform);
            threads.awaitTermination(1, TimeUnit.MILLISECONDS);
        }

        assertEquals(1, most.get());
        assertUniform(store.read("shared").orElseThrow());
        assertEquals(0, leftovers());
    }

    @Test
    void writersOfDifferentNamesDoNotWaitForEachOther() throws Exception {
        CountDownLatch insideFirst = new CountDownLatch(1);
        CountDownLatch secondDone = new CountDownLatch(1);
        Thread first = new Thread(() -> store.write("first", out -> {
            insideFirst.countDown();
            await(secondDone);
            out.write(1);
        }));
        first.start();
        await(insideFirst);

        store.write("second", text("done"));
        secondDone.countDown();
        first.join(10_000);

        assertEquals(1, store.read("first").orElseThrow().length);
    }

    @Test
    void aSecondNodeIsKeptOutOfTheFolder() {
        MeshException failure = assertThrows(MeshException.class, () -> new DiskStore(folder));

        assertTrue(failure.getMessage().contains("in use"), failure.getMessage());
        store.write("still", text("works"));
    }

    @Test
    void aClosedStoreRefusesInsteadOfWritingBesideItsSuccessor() {
        store.write("doc", text("old"));
        DiskStore closed = store;
        closed.close();
        store = new DiskStore(folder);

        assertThrows(MeshException.class, () -> closed.write("doc", text("late")));
        assertThrows(MeshException.class, () -> closed.read("doc"));
        assertEquals("old", read("doc"));
    }

    @Test
    void aReaderThatDoesNotUnderstandIsReportedWithItsCause() {
        store.write("doc", text("x"));

        MeshException failure = assertThrows(
                MeshException.class,
                () -> store.read("doc", in -> {
                    throw new IOException("unknown field");
                }));

        assertTrue(failure.getMessage().contains("unknown field"));
    }

    @Test
    void aFolderThatCannotBeMadeIsAStorageFailureWithARemedy() throws IOException {
        Path file = Files.createFile(temp.resolve("occupied"));

        MeshException failure = assertThrows(MeshException.class, () -> new DiskStore(file));

        assertEquals(Failure.Kind.STORAGE, failure.kind());
        assertFalse(failure.remedy().isBlank());
    }

    private static void assertUniform(byte[] content) {
        assertEquals(70_000, content.length);
        for (byte b : content) {
            assertEquals(content[0], b);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private long leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains("~tmp-")).count();
        }
    }

    private void reopen() {
        store.close();
        store = new DiskStore(folder);
    }

    private String read(String name) {
        return new String(store.read(name).orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
