package io.kairos.lib.medium.paid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox(1_000);

    @Test
    void theUrgentOnesGoFirstEachKindInItsOrder() {
        outbox.offer(packet(1, 200, 1));
        outbox.offer(packet(0, 300, 2));
        outbox.offer(packet(0, 60, 3));
        outbox.offer(packet(3, 80, 4));
        outbox.offer(packet(2, 80, 5));

        assertEquals("4 5 3 2 1", numbers());
    }

    @Test
    void aFullBoxMakesRoomForWhatIsMoreUrgent() {
        assertTrue(outbox.offer(packet(1, 500, 1)));
        assertTrue(outbox.offer(packet(1, 500, 2)));
        assertFalse(outbox.offer(packet(1, 100, 3)), "as urgent as what waits");
        assertTrue(outbox.offer(packet(3, 100, 4)));

        assertEquals(1, outbox.dropped());
        assertEquals("4 1", numbers());
    }

    @Test
    void whatIsNotWorthItsMoneyIsDroppedAndCounted() {
        outbox.offer(packet(0, 300, 1));
        outbox.offer(packet(1, 200, 2));

        assertEquals(Optional.empty(), outbox.take(waiting -> false));
        assertEquals(2, outbox.dropped());
        assertTrue(outbox.isEmpty());
    }

    @Test
    void behindAnAccessCodeEverythingIsData() {
        assertEquals(Urgency.DATA, Urgency.of(packet(0x81, 300, 1)));
        assertEquals(Urgency.ANNOUNCE, Urgency.of(packet(0x01, 300, 1)));
        assertEquals(Urgency.DATA, Urgency.of(ByteBuffer.wrap(new byte[121])));
        assertEquals(Urgency.SHORT_DATA, Urgency.of(ByteBuffer.allocate(0)));
    }

    private String numbers() {
        StringBuilder numbers = new StringBuilder();
        for (Optional<Outbox.Waiting> next = outbox.take(waiting -> true);
                next.isPresent();
                next = outbox.take(waiting -> true)) {
            numbers.append(next.get().packet()[1]).append(' ');
        }
        return numbers.toString().strip();
    }

    static ByteBuffer packet(int flags, int size, int number) {
        byte[] packet = new byte[size];
        packet[0] = (byte) flags;
        packet[1] = (byte) number;
        return ByteBuffer.wrap(packet);
    }
}
