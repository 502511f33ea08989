package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {

    private final MemoryStore store = new MemoryStore();

    @Test
    void keepsWhatWasWrittenAndListsByFolder() {
        store.write("b/two", new byte[] {2});
        store.write("b/one", new byte[] {1});
        store.write("bb", new byte[] {3});

        assertArrayEquals(new byte[] {1}, store.read("b/one").orElseThrow());
        assertEquals(List.of("b/one", "b/two"), store.list("b"));
        assertEquals(List.of("b/one", "b/two", "bb"), store.list(""));
        store.delete("b/one");
        assertEquals(Optional.empty(), store.read("b/one").map(bytes -> "there"));
    }

    @Test
    void aWriterThatFailsChangesNothing() {
        store.write("name", new byte[] {1});

        assertThrows(
                MeshException.class,
                () -> store.write("name", out -> {
                    out.write(9);
                    throw new IOException("cut");
                }));

        assertArrayEquals(new byte[] {1}, store.read("name").orElseThrow());
    }

    @Test
    void aFullDiskIsReportedAndLosesNothing() {
        store.write("name", new byte[] {1});
        store.full(true);

        MeshException failure = assertThrows(MeshException.class, () -> store.write("name", new byte[] {2}));

        assertEquals(Failure.Kind.STORAGE, failure.kind());
        assertArrayEquals(new byte[] {1}, store.read("name").orElseThrow());
    }

    @Test
    void namesFollowTheContract() {
        for (String bad :
                List.of("", "/a", "a/", "a//b", "../a", "a/../b", ".hidden", "A", "a b", "a/b/c/d/e/f/g/h/i")) {
            assertThrows(IllegalArgumentException.class, () -> store.write(bad, new byte[0]), bad);
        }
        store.write("a/b/c/d/e/f/g/h", new byte[0]);
    }
}
