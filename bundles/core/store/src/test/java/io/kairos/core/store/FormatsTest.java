package io.kairos.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates and roll-backs of what is on disk. */
class FormatsTest {

    @TempDir
    Path folder;

    @Test
    void anUpdateReadsTheFormatBeforeAndWritesItsOwn() throws IOException {
        try (DiskStore old = new DiskStore(folder)) {
            old.write("doc", bytes("from version 1"));
        }
        try (DiskStore updated = new DiskStore(folder, key -> List.of(new NextFormat(key), new ChunkedFormat(key)))) {
            assertEquals("from version 1", text(updated.read("doc").orElseThrow()));
            updated.write("doc", bytes("from version 2"));
            assertEquals("from version 2", text(updated.read("doc").orElseThrow()));
        }
        assertEquals(2, Files.readAllBytes(folder.resolve("doc~doc"))[8]);
    }

    @Test
    void aRollBackThatKnowsTheNewFormatReadsItToo() {
        try (DiskStore updated = new DiskStore(folder, key -> List.of(new NextFormat(key), new ChunkedFormat(key)))) {
            updated.write("doc", bytes("new"));
        }
        try (DiskStore rolledBack =
                new DiskStore(folder, key -> List.of(new ChunkedFormat(key), new NextFormat(key)))) {
            assertEquals("new", text(rolledBack.read("doc").orElseThrow()));
        }
    }

    @Test
    void anUnknownFormatIsRefusedAndNotTakenForDamage() {
        try (DiskStore old = new DiskStore(folder)) {
            old.write("doc", bytes("old"));
        }
        try (DiskStore updated = new DiskStore(folder, key -> List.of(new NextFormat(key)))) {
            updated.write("doc", bytes("new"));
        }
        try (DiskStore old = new DiskStore(folder)) {
            MeshException failure = assertThrows(MeshException.class, () -> old.read("doc"));

            assertTrue(failure.getMessage().contains("format 2"), failure.getMessage());
            assertEquals(0, old.recovered(), "the previous generation is older than what the operator has");
        }
    }

    /** What a second format might be: the same bytes under another number. */
    private static final class NextFormat implements DocumentFormat {

        private final ChunkedFormat format;

        NextFormat(byte[] key) {
            format = new ChunkedFormat(key);
        }

        @Override
        public int version() {
            return 2;
        }

        @Override
        public Body encrypt(DocumentHeader header, DocumentName name, OutputStream out) {
            return format.encrypt(header, name, out);
        }

        @Override
        public InputStream decrypt(DocumentHeader header, DocumentName name, InputStream in, long length) {
            return format.decrypt(header, name, in, length);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
