package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchCodecTest {

    private final Member writer = new Member(1);
    private final Member reader = new Member(2);
    private final byte[] file = file(writer, 3);

    @Test
    void whatIsWrittenIsRead() {
        Batch batch = read(reader, file).orElseThrow();

        assertTrue(batch.isWhole());
        assertEquals(77, batch.id());
        assertEquals(new Origin(writer.hash(), 5), batch.origin());
        assertEquals(3, batch.entries().size());
        assertArrayEquals(Member.packet(2), batch.entries().get(1).packet());
        assertEquals(102, batch.entries().get(1).number());
        assertEquals(Member.NOW + 2, batch.entries().get(1).expirySeconds());
    }

    @Test
    void aPacketTakesNoMoreRoomThanPromised() {
        for (int size : new int[] {1, 15, 16, 17, 500, BatchCodec.MOST_PACKET_BYTES}) {
            byte[] one = BatchCodec.encode(
                    writer.sealer, 1, 1, Member.NOW, List.of(new Entry(1, Member.NOW, new byte[size])));
            assertTrue(one.length <= size + BatchCodec.OVERHEAD_BYTES + 2 * BatchCodec.HEAD_FILE_BYTES);
            assertTrue(read(reader, one).orElseThrow().isWhole());
        }
    }

    @Test
    void aFileCutAnywhereKeepsEveryPacketBeforeTheCut() {
        int before = 0;
        for (int cut = 0; cut < file.length; cut++) {
            Optional<Batch> batch = read(reader, Arrays.copyOf(file, cut));
            int packets = batch.map(found -> found.entries().size()).orElse(0);
            assertTrue(packets >= before, "a longer file does not have less");
            assertFalse(batch.isPresent() && batch.get().isWhole(), "cut at " + cut);
            before = packets;
        }
        assertEquals(3, before);
    }

    @Test
    void aDamagedByteCostsAtMostOnePacket() {
        for (int at = 0; at < file.length; at += 3) {
            byte[] damaged = file.clone();
            damaged[at] ^= 0x55;
            Batch batch = read(reader, damaged).orElseThrow();
            assertTrue(batch.entries().size() >= 2, "at " + at);
            assertFalse(batch.isWhole(), "at " + at);
        }
    }

    @Test
    void withoutBothHeadsThePacketsAreReadWhereTheWriterIsKnown() {
        byte[] middle = Arrays.copyOfRange(file, 300, file.length - 200);

        assertEquals(Optional.empty(), read(reader, middle));
        Batch batch = BatchCodec.decode(
                        reader.sealer,
                        middle,
                        hash -> Optional.of(writer.publicIdentity().toBytes()),
                        (hash, keys) -> {})
                .orElseThrow();
        assertTrue(batch.entries().size() >= 2);
    }

    @Test
    void anotherNetworkSeesNothing() {
        Member stranger = new Member(3, Member.KEY.replace('0', '1'), false);

        assertEquals(Optional.empty(), read(stranger, file));
    }

    @Test
    void nobodySignsForSomebodyElse() {
        ByteBuffer content = ByteBuffer.allocate(200)
                .put((byte) 2)
                .putLong(77)
                .put(writer.hash().toBytes())
                .putLong(5)
                .putLong(900)
                .putInt((int) Member.NOW)
                .put(Member.packet(9));
        byte[] forged = reader.sealer.parcel(content);
        byte[] both = Arrays.copyOf(file, file.length + forged.length);
        System.arraycopy(forged, 0, both, file.length, forged.length);

        Batch batch = read(reader, both).orElseThrow();

        assertEquals(3, batch.entries().size());
        assertFalse(batch.entries().stream().anyMatch(entry -> entry.number() == 900));
    }

    @Test
    void aNoteComesBack() {
        Note note = new Note(new Origin(writer.hash(), 9), Member.NOW, 4_711, Set.of(1L, -2L, 3L));
        byte[] written = NoteCodec.encode(writer.sealer, note);

        assertEquals(Optional.of(note), NoteCodec.decode(reader.sealer, written, (hash, keys) -> {}));
        for (int cut = 0; cut < written.length; cut++) {
            assertEquals(
                    Optional.empty(), NoteCodec.decode(reader.sealer, Arrays.copyOf(written, cut), (hash, keys) -> {}));
        }
    }

    static byte[] file(Member writer, int packets) {
        List<Entry> entries = IntStream.rangeClosed(1, packets)
                .mapToObj(i -> new Entry(100 + i, Member.NOW + i, Member.packet(i)))
                .toList();
        return BatchCodec.encode(writer.sealer, 77, 5, Member.NOW, entries);
    }

    static Optional<Batch> read(Member reader, byte[] file) {
        return BatchCodec.decode(reader.sealer, file, hash -> Optional.empty(), (hash, keys) -> {});
    }
}
