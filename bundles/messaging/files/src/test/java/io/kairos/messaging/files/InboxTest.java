package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.link.ResourceData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    @TempDir
    Path folder;

    private static ResourceData text(String text) {
        return ResourceData.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNameThatIsTakenGetsANumber() throws IOException {
        Inbox inbox = new Inbox(folder, false);
        assertEquals(folder.resolve("a.txt"), inbox.save("a.txt", text("1")));
        assertEquals(folder.resolve("a.txt.1"), inbox.save("a.txt", text("2")));
        assertEquals(folder.resolve("a.txt.2"), inbox.save("a.txt", text("3")));
        assertEquals("1", Files.readString(folder.resolve("a.txt")));
        assertEquals("3", Files.readString(folder.resolve("a.txt.2")));
        assertEquals(3, count());
    }

    @Test
    void withOverwriteTheFileIsReplaced() throws IOException {
        Inbox inbox = new Inbox(folder, true);
        inbox.save("a.txt", text("1"));
        inbox.save("a.txt", text("2"));
        assertEquals("2", Files.readString(folder.resolve("a.txt")));
        assertEquals(1, count());
    }

    @Test
    void aLinkUnderTheNameIsNeverFollowed() throws IOException {
        Path outside = Files.createTempFile("kairos-outside", ".txt");
        Files.writeString(outside, "mine");
        Files.createSymbolicLink(folder.resolve("a.txt"), outside);

        assertEquals(folder.resolve("a.txt.1"), new Inbox(folder, false).save("a.txt", text("theirs")));
        new Inbox(folder, true).save("a.txt", text("theirs"));

        assertEquals("mine", Files.readString(outside));
        assertFalse(Files.isSymbolicLink(folder.resolve("a.txt")));
        Files.delete(outside);
    }

    @Test
    void afterAFailureNothingIsLeft() throws IOException {
        ResourceData broken = new ResourceData() {
            @Override
            public long length() {
                return 10;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThrows(MeshException.class, () -> new Inbox(folder, false).save("a.txt", broken));
        assertEquals(0, count());
    }

    @Test
    void whatDoesNotFitIsKnownBefore() {
        assertFalse(new Inbox(folder, false).hasRoomFor(Long.MAX_VALUE / 4));
        assertTrue(new Inbox(folder, false).hasRoomFor(1));
        assertFalse(new Inbox(folder.resolve("nowhere"), false).hasRoomFor(1));
    }

    private long count() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
