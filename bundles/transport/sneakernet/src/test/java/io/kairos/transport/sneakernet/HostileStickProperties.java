package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever lies on a stick, reading it ends soon and without an exception. */
class HostileStickProperties {

    private final Member writer = new Member(1);
    private final Member reader = new Member(2);
    private final byte[] good = BatchCodecTest.file(writer, 4);

    @Property(tries = 200)
    void noFileCausesAnythingButARefusal(@ForAll @Size(max = 4_000) byte[] noise) {
        BatchCodec.decode(reader.sealer, noise, hash -> Optional.empty(), (hash, keys) -> {});
        NoteCodec.decode(reader.sealer, noise, (hash, keys) -> {});
    }

    @Property(tries = 60)
    void damageOfAnyKindLeavesOnlyWhatWasWritten(
            @ForAll @IntRange(max = 1_500) int at, @ForAll @Size(max = 300) byte[] damage, @ForAll boolean isInserted) {
        int from = Math.min(at, good.length);
        byte[] head = Arrays.copyOf(good, from);
        byte[] tail =
                Arrays.copyOfRange(good, isInserted ? from : Math.min(good.length, from + damage.length), good.length);
        byte[] file = ByteBuffer.allocate(head.length + damage.length + tail.length)
                .put(head)
                .put(damage)
                .put(tail)
                .array();

        Optional<Batch> batch = BatchCodecTest.read(reader, file);

        batch.ifPresent(found -> found.entries()
                .forEach(entry ->
                        assertTrue(Arrays.equals(Member.packet((int) (entry.number() - 100)), entry.packet()))));
    }

    @Test
    void aFileFullOfMarkersIsGivenUp() {
        ByteBuffer markers = ByteBuffer.allocate(BatchCodec.MOST_FILE_BYTES);
        while (markers.remaining() >= Parcels.HEADER_BYTES) {
            markers.putInt(0x4B616950).putShort((short) 1_500);
        }

        assertTrue(BatchCodecTest.read(reader, markers.array()).isEmpty());
        int[] found = {0};
        int lost = Parcels.open(reader.sealer.token(), markers.array(), 0, 1_536, content -> found[0]++);
        assertTrue(found[0] == 0 && lost == markers.capacity(), "all of it is lost: " + lost);
    }
}
