package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a power cut or a bad disk leaves behind, state by state and byte by byte. */
@Timeout(120)
class CrashTest {

    private static final String V0 = "version zero";
    private static final String V1 = "version one, which must never be lost";
    private static final String V2 = "version two, which is being written";

    @TempDir
    Path folder;

    @Test
    void aWriteThatWasCutAtAnyByteLeavesTheDocumentAsItWas() throws IOException {
        Files3 files = prepare();
        for (int length = 0; length <= files.v2.length; length++) {
            Files.write(doc(), files.v1);
            Files.deleteIfExists(old());
            Files.write(temporary("0000aaaa"), Arrays.copyOf(files.v2, length));

            assertReads(V1);
            assertNoLeftovers();
        }
    }

    @Test
    void aDocumentWhoseEndNeverReachedTheDiskFallsBackToItsPreviousGeneration() throws IOException {
        Files3 files = prepare();
        for (int length = 0; length <= files.v2.length; length++) {
            Files.write(doc(), Arrays.copyOf(files.v2, length));
            Files.write(old(), files.v1);

            assertReads(length == files.v2.length ? V2 : V1);
        }
    }

    @Test
    void everyMomentBetweenTheStepsOfAWriteLeavesAWholeDocument() throws IOException {
        Files3 files = prepare();
        // written, previous one linked, renamed, moved to its place: each line is a moment of a power cut
        layOut(files.v1, files.v0, files.v2, null);
        assertReads(V1);
        layOut(files.v1, files.v0, files.v2, files.v1);
        assertReads(V1);
        layOut(files.v2, files.v0, null, files.v1);
        assertReads(V2);
        layOut(files.v2, files.v1, null, null);
        assertReads(V2);
    }

    @Test
    void aDamagedDocumentIsNeverReturnedAndItsPreviousGenerationIs() throws IOException {
        Files3 files = prepare();
        Files.write(old(), files.v1);
        for (int at = 0; at < files.v2.length; at++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] damaged = files.v2.clone();
                damaged[at] ^= (byte) bit;
                Files.write(doc(), damaged);

                assertReads(V1);
            }
        }
    }

    @Test
    void whenBothGenerationsAreDamagedItIsAFailureWithARemedy() throws IOException {
        Files3 files = prepare();
        for (int at = 0; at < files.v2.length; at++) {
            byte[] damaged = files.v2.clone();
            damaged[at] ^= 0x10;
            Files.write(doc(), damaged);
            Files.write(old(), Arrays.copyOf(files.v1, files.v1.length - 1));
            try (DiskStore store = new DiskStore(folder)) {
                MeshException failure = assertThrows(MeshException.class, () -> store.read("doc"));

                assertEquals(Failure.Kind.STORAGE, failure.kind());
                assertTrue(failure.remedy().contains("backup"), failure.remedy());
            }
        }
    }

    @Test
    void bytesBehindTheEndAreDamageToo() throws IOException {
        Files3 files = prepare();
        Files.write(doc(), Arrays.copyOf(files.v2, files.v2.length + 1));
        Files.write(old(), files.v1);

        assertReads(V1);
    }

    @Test
    void aWriteOverADamagedDocumentKeepsTheGoodGenerationUntilItIsDone() throws IOException {
        Files3 files = prepare();
        byte[] damaged = files.v2.clone();
        damaged[60] ^= 1;
        Files.write(doc(), damaged);
        Files.write(old(), files.v1);
        try (DiskStore store = new DiskStore(folder)) {
            assertThrows(
                    MeshException.class,
                    () -> store.write("doc", out -> {
                        assertEquals(V1, text(store.read("doc").orElseThrow()));
                        throw new IOException("cut");
                    }));
            assertEquals(V1, text(store.read("doc").orElseThrow()));
            store.write("doc", bytes(V0));
            assertEquals(V0, text(store.read("doc").orElseThrow()));
            assertTrue(store.recovered() >= 2);
        }
    }

    @Test
    void chunksInAnotherOrderOrLeftOutAreDamage() throws IOException {
        byte[] content = new byte[3 * ChunkedFormat.CHUNK];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i / ChunkedFormat.CHUNK);
        }
        try (DiskStore store = new DiskStore(folder)) {
            store.write("doc", content);
        }
        byte[] file = Files.readAllBytes(doc());
        int sealed = ChunkedFormat.CHUNK + ChunkedFormat.TAG;
        byte[] swapped = file.clone();
        System.arraycopy(file, DocumentHeader.LENGTH, swapped, DocumentHeader.LENGTH + sealed, sealed);
        System.arraycopy(file, DocumentHeader.LENGTH + sealed, swapped, DocumentHeader.LENGTH, sealed);
        byte[] cutAtAChunk = Arrays.copyOf(file, DocumentHeader.LENGTH + 2 * sealed);
        byte[] withoutFirst = new byte[file.length - sealed];
        System.arraycopy(file, 0, withoutFirst, 0, DocumentHeader.LENGTH);
        System.arraycopy(
                file,
                DocumentHeader.LENGTH + sealed,
                withoutFirst,
                DocumentHeader.LENGTH,
                file.length - sealed - DocumentHeader.LENGTH);

        for (byte[] bad : List.of(swapped, cutAtAChunk, withoutFirst)) {
            Files.write(doc(), bad);
            try (DiskStore store = new DiskStore(folder)) {
                boolean[] called = new boolean[1];
                assertThrows(MeshException.class, () -> store.read("doc", in -> called[0] = true));
                assertEquals(false, called[0], "a reader never sees a part of a damaged document");
            }
        }
    }

    @Test
    void aDocumentMovedToAnotherNameIsDamage() throws IOException {
        prepare();
        Files.copy(doc(), folder.resolve("other~doc"));

        try (DiskStore store = new DiskStore(folder)) {
            assertThrows(MeshException.class, () -> store.read("other"));
        }
    }

    @Test
    void withoutItsMachineKeyTheStoreRefusesAndMakesNoNewOne() throws IOException {
        prepare();
        Files.move(folder.resolve("machine.key"), folder.resolve("elsewhere"));

        MeshException failure = assertThrows(MeshException.class, () -> new DiskStore(folder));

        assertEquals(Failure.Kind.STORAGE, failure.kind());
        assertTrue(failure.remedy().contains("backup"), failure.remedy());
        assertTrue(Files.notExists(folder.resolve("machine.key")));
        Files.move(folder.resolve("elsewhere"), folder.resolve("machine.key"));
        assertReads(V2);
    }

    @Test
    void aMachineKeyThatWasCutShortIsRefusedAndKept() throws IOException {
        prepare();
        byte[] key = Files.readAllBytes(folder.resolve("machine.key"));
        for (int length = 0; length < key.length; length++) {
            Files.write(folder.resolve("machine.key"), Arrays.copyOf(key, length));

            assertThrows(MeshException.class, () -> new DiskStore(folder));
            assertEquals(length, Files.size(folder.resolve("machine.key")));
        }
    }

    @Test
    void aFirstStartThatWasCutWhileItMadeTheKeyIsRepeated() throws IOException {
        Files.write(folder.resolve("machine.key~tmp-new"), new byte[5]);

        try (DiskStore store = new DiskStore(folder)) {
            store.write("doc", bytes(V0));
        }

        assertReads(V0);
        assertEquals(32, Files.size(folder.resolve("machine.key")));
        assertNoLeftovers();
    }

    @Test
    void anotherMachineKeyOpensNothing() throws IOException {
        prepare();
        Files.deleteIfExists(old());
        byte[] key = Files.readAllBytes(folder.resolve("machine.key"));
        key[31] ^= 1;
        Files.write(folder.resolve("machine.key"), key);

        try (DiskStore store = new DiskStore(folder)) {
            assertThrows(MeshException.class, () -> store.read("doc"));
        }
    }

    /** The files of three versions of one document. */
    private static final class Files3 {
        private byte[] v0;
        private byte[] v1;
        private byte[] v2;
    }

    private Files3 prepare() throws IOException {
        Files3 files = new Files3();
        try (DiskStore store = new DiskStore(folder)) {
            store.write("doc", bytes(V0));
            files.v0 = Files.readAllBytes(doc());
            store.write("doc", bytes(V1));
            files.v1 = Files.readAllBytes(doc());
            assertArrayEquals(files.v0, Files.readAllBytes(old()));
            store.write("doc", bytes(V2));
            files.v2 = Files.readAllBytes(doc());
        }
        return files;
    }

    private void layOut(byte[] doc, byte[] old, byte[] written, byte[] kept) throws IOException {
        Files.write(doc(), doc);
        Files.write(old(), old);
        if (written != null) {
            Files.write(temporary("11111111"), written);
        }
        if (kept != null) {
            Files.copy(doc(), temporary("22222222"), StandardCopyOption.REPLACE_EXISTING);
            Files.write(temporary("22222222"), kept);
        }
    }

    private void assertReads(String expected) {
        try (DiskStore store = new DiskStore(folder)) {
            assertEquals(expected, text(store.read("doc").orElseThrow()));
        }
    }

    private void assertNoLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    0, files.filter(file -> file.toString().contains("~tmp-")).count());
        }
    }

    private Path doc() {
        return folder.resolve("doc~doc");
    }

    private Path old() {
        return folder.resolve("doc~old");
    }

    private Path temporary(String tag) {
        return folder.resolve("doc~tmp-" + tag);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
