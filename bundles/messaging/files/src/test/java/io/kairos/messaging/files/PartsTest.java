package io.kairos.messaging.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.ResourceData;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {

    private static final IdentityHash ANNA = IdentityHash.parse("00000000000000000000000000000001");
    private static final IdentityHash BERT = IdentityHash.parse("00000000000000000000000000000002");

    @TempDir
    Path folder;

    private final byte[] file = content(2_500_000);
    private final ResourceData data = ResourceData.of(file);
    private final byte[] id = Hashes.sha256(file);

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private Chunk chunk(long offset) {
        return new Chunk(id, offset, file.length);
    }

    private Optional<Path> add(Parts parts, IdentityHash who, long offset) {
        Chunk chunk = chunk(offset);
        return parts.add(chunk, who, "big.bin", chunk.dataOf(data), 0);
    }

    @Test
    void piecesBecomeTheFileAndAnotherStartGoesOnWhereItWas() throws IOException {
        Parts parts = new Parts(new Inbox(folder, false), true);
        assertEquals(0, parts.held(chunk(0), ANNA));
        assertTrue(add(parts, ANNA, 0).isEmpty());
        assertTrue(add(parts, ANNA, 1_000_000).isEmpty());

        Parts afterRestart = new Parts(new Inbox(folder, false), true);
        assertEquals(2_000_000, afterRestart.held(chunk(0), ANNA));
        Path saved = add(afterRestart, ANNA, 2_000_000).orElseThrow();

        assertArrayEquals(file, Files.readAllBytes(saved));
        assertEquals(folder.resolve("big.bin"), saved);
        assertEquals(0, afterRestart.held(chunk(0), ANNA));
    }

    @Test
    void nobodyContinuesAFileOfSomebodyElse() {
        Parts parts = new Parts(new Inbox(folder, false), true);
        add(parts, ANNA, 0);
        assertEquals(0, parts.held(chunk(0), BERT));
        assertThrows(MalformedException.class, () -> add(parts, BERT, 1_000_000));
    }

    @Test
    void aPieceThatDoesNotFollowIsRefused() {
        Parts parts = new Parts(new Inbox(folder, false), true);
        assertThrows(MalformedException.class, () -> add(parts, ANNA, 1_000_000));
        add(parts, ANNA, 0);
        assertThrows(MalformedException.class, () -> add(parts, ANNA, 0));
    }

    @Test
    void aFileThatIsNotWhatWasPromisedIsDropped() throws IOException {
        Parts parts = new Parts(new Inbox(folder, false), true);
        Chunk lie = new Chunk(new byte[32], 0, 3);
        assertThrows(
                MalformedException.class, () -> parts.add(lie, ANNA, "a", ResourceData.of(new byte[] {1, 2, 3}), 0));
        assertEquals(0, parts.held(lie, ANNA));
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    void unfinishedFilesAreLimitedAndOldOnesMakeRoom() {
        Parts parts = new Parts(new Inbox(folder, false), true);
        for (int i = 0; i < Parts.MOST; i++) {
            first(parts, i, 0);
        }
        assertThrows(MeshException.class, () -> first(parts, Parts.MOST, System.currentTimeMillis()));
        first(parts, Parts.MOST, System.currentTimeMillis() + 8L * 86_400_000);
    }

    private static void first(Parts parts, int number, long now) {
        byte[] id = new byte[32];
        id[0] = (byte) number;
        Chunk chunk = new Chunk(id, 0, 2_000_000);
        parts.add(chunk, ANNA, "x", ResourceData.of(new byte[1_000_000]), now);
    }

    @Test
    void theMetadataComeBackAsTheyWere() {
        Object metadata = MessagePack.unpack(MessagePack.pack(chunk(1_000_000).metadata(new byte[] {'a'})));
        Chunk back = Chunk.of((Map<?, ?>) metadata).orElseThrow();
        assertArrayEquals(id, back.id());
        assertEquals(1_000_000, back.offset());
        assertEquals(file.length, back.size());
        assertTrue(Chunk.of(Map.of("name", new byte[1])).isEmpty());
        assertTrue(Chunk.of(Map.of("kairos", Map.of("id", new byte[32], "offset", -1L, "size", 5L)))
                .isEmpty());
        assertTrue(Chunk.asked(null).isEmpty());
    }
}
