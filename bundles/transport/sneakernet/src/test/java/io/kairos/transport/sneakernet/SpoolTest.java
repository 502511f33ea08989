package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolTest {

    private static final long EXPIRY = Member.NOW + 100;

    private final MemoryStore store = new MemoryStore();
    private Spool spool = load(1 << 20);

    @Test
    void whatWaitsSurvivesARestartInItsOrder() {
        for (int i = 1; i <= 300; i++) {
            spool.add(List.of(Member.packet(i), new byte[600]), EXPIRY, EXPIRY);
        }
        List<Entry> before = List.copyOf(spool.after(0));
        long id = spool.id();

        spool = load(1 << 20);

        List<Entry> after = List.copyOf(spool.after(0));
        assertEquals(id, spool.id());
        assertEquals(600, after.size());
        for (int i = 0; i < 600; i++) {
            assertEquals(before.get(i).number(), after.get(i).number());
            assertArrayEquals(before.get(i).packet(), after.get(i).packet());
        }
        spool.add(List.of(Member.packet(1)), EXPIRY, EXPIRY);
        assertEquals(1, spool.after(before.get(599).number()).size(), "numbers go on above all that were given");
        assertTrue(
                store.list("spool").size() < 20,
                "packets share documents: " + store.list("spool").size());
    }

    @Test
    void theNewestAnnounceOfADestinationTakesThePlaceOfTheOthers() {
        spool.add(List.of(announce(1, 1), announce(2, 1)), EXPIRY, EXPIRY);
        spool.add(List.of(announce(1, 2)), EXPIRY, EXPIRY);
        spool.add(List.of(announce(1, 3), announce(1, 4)), EXPIRY, EXPIRY);

        assertEquals(2, spool.size());
        spool = load(1 << 20);
        List<Entry> kept = new ArrayList<>(spool.after(0));
        assertEquals(2, kept.size());
        assertArrayEquals(announce(2, 1), kept.get(0).packet());
        assertArrayEquals(announce(1, 4), kept.get(1).packet());
    }

    @Test
    void announcesGoBeforeMessagesWhereThereIsNoRoom() {
        spool = load(65_536);
        int dropped = 0;
        for (int i = 0; i < 200; i++) {
            dropped += spool.add(List.of(announce(i, 1)), EXPIRY, EXPIRY);
        }
        for (int i = 0; i < 150; i++) {
            dropped += spool.add(List.of(Member.packet(i)), EXPIRY, EXPIRY);
        }

        assertTrue(spool.bytes() <= 65_536);
        assertTrue(dropped > 0);
        assertEquals(
                150,
                spool.after(0).stream()
                        .filter(entry -> entry.kind() == PacketKind.DATA)
                        .count());
    }

    @Test
    void whatIsTooOldGoesAndItsDocumentsToo() {
        spool.add(List.of(Member.packet(1), Member.packet(2)), EXPIRY, EXPIRY);

        assertEquals(0, spool.expire(EXPIRY - 1, true));
        assertEquals(2, spool.expire(EXPIRY, true));

        assertEquals(List.of("spool/head"), store.list("spool"));
        assertEquals(0, spool.bytes());
    }

    @Test
    void aClockThatWasNeverSetLetsNothingExpire() {
        spool.add(List.of(Member.packet(1)), 100, 100);

        assertEquals(0, spool.expire(5_000, true));
    }

    @Test
    void linksAreNotKeptForSticksThatAreAway() {
        byte[] linkRequest = Member.packet(1);
        linkRequest[0] = 2;
        spool.add(List.of(linkRequest), EXPIRY, EXPIRY);

        assertEquals(1, spool.size());
        assertEquals(List.of("spool/head"), store.list("spool"), "never on the disk");
        assertEquals(1, spool.expire(Member.NOW, false));
    }

    @Test
    void aFullDiskLosesNothingThatIsInMemory() {
        spool.add(List.of(Member.packet(1)), EXPIRY, EXPIRY);
        store.full(true);
        assertThrows(MeshException.class, () -> spool.add(List.of(Member.packet(2)), EXPIRY, EXPIRY));
        store.full(false);
        spool.add(List.of(Member.packet(3)), EXPIRY, EXPIRY);

        assertEquals(3, spool.size());
        spool = load(1 << 20);
        assertEquals(3, spool.size());
    }

    private Spool load(long mostBytes) {
        return Spool.load(store, "spool", mostBytes);
    }

    private static byte[] announce(int destination, int version) {
        byte[] packet = Member.packet(version);
        packet[0] = 1;
        for (int i = 2; i < 18; i++) {
            packet[i] = (byte) destination;
        }
        return packet;
    }
}
