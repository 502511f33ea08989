package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipedInterfaceTest {

    private final ManualClock clock = new ManualClock();
    private final PipedInterface.Pair pair = PipedInterface.pair("a", "b", clock, 7);
    private final RecordingSink left = new RecordingSink();
    private final RecordingSink right = new RecordingSink();

    PipedInterfaceTest() {
        pair.left().attach(left);
        pair.right().attach(right);
    }

    @Test
    void whatOneEndSendsTheOtherReceivesInBothDirections() {
        pair.left().send(packet(1));
        pair.right().send(packet(2));
        assertEquals(0, right.packets().size(), "nothing arrives before time passes");

        clock.advance(Duration.ZERO);

        assertArrayEquals(new byte[] {1, 0}, right.packets().get(0));
        assertArrayEquals(new byte[] {2, 0}, left.packets().get(0));
        assertEquals(1, right.bursts());
        assertEquals(1, pair.left().counters().sentPackets());
        assertEquals(2, pair.right().counters().receivedBytes());
    }

    @Test
    void aBufferMayBeUsedAgainAsSoonAsSendHasReturned() {
        ByteBuffer packet = packet(1);
        pair.left().send(packet);
        packet.put(0, (byte) 9);

        clock.advance(Duration.ZERO);

        assertEquals(1, right.packets().get(0)[0]);
    }

    @Test
    void delayHoldsPacketsAndKeepsTheirOrder() {
        pair.line(PipeLine.PERFECT.withDelay(Duration.ofSeconds(1)));
        send(5);

        clock.advance(Duration.ofMillis(999));
        assertEquals(0, right.packets().size());
        clock.advance(Duration.ofMillis(1));

        assertEquals(List.of(0, 1, 2, 3, 4), arrived());
    }

    @Test
    void lossDuplicationAndReorderingComeFromTheSeed() {
        pair.line(new PipeLine(Duration.ofMillis(1), 0.2, 0.2, 0.2, Duration.ofMillis(10)));
        send(200);
        clock.advance(Duration.ofSeconds(1));
        List<Integer> first = arrived();

        RecordingSink again = new RecordingSink();
        PipedInterface.Pair same = PipedInterface.pair("a", "b", clock, 7)
                .line(new PipeLine(Duration.ofMillis(1), 0.2, 0.2, 0.2, Duration.ofMillis(10)));
        same.right().attach(again);
        for (int i = 0; i < 200; i++) {
            same.left().send(packet(i));
        }
        clock.advance(Duration.ofSeconds(1));

        long distinct = first.stream().distinct().count();
        assertTrue(distinct > 130 && distinct < 190, "of 200 arrived " + distinct);
        assertTrue(first.size() > distinct, "some arrive twice");
        assertNotEquals(first.stream().sorted().toList(), first, "some are overtaken");
        assertEquals(first, numbers(again));
    }

    @Test
    void aCutLineLosesWhatIsUnderWayAndCountsWhatIsSent() {
        pair.line(PipeLine.PERFECT.withDelay(Duration.ofSeconds(1)));
        send(1);
        pair.up(false);
        send(1);
        clock.advance(Duration.ofSeconds(2));

        assertEquals(0, right.packets().size());
        assertEquals(1, pair.left().counters().droppedOutgoing());
        assertEquals(InterfaceState.DOWN, pair.left().status().state());
        assertEquals(1, right.changes());

        pair.up(true);
        send(1);
        clock.advance(Duration.ofSeconds(1));
        assertEquals(1, right.packets().size());
    }

    @Test
    void whatArrivesWithoutACoreIsDroppedAndCounted() {
        pair.right().detach();
        send(1);
        clock.advance(Duration.ZERO);

        assertEquals(1, pair.right().counters().droppedIncoming());
        assertEquals(0, right.packets().size());
    }

    @Test
    void aPacketBeyondTheBudgetIsAnErrorOfTheSender() {
        pair.left().budget(LinkBudget.plain(1_000, 1));

        assertThrows(IllegalArgumentException.class, () -> pair.left().send(packet(1)));
        assertEquals(1, left.changes());
    }

    @Test
    void neighboursAreReportedAlsoToACoreThatComesLater() {
        PipedInterface.Pair other = PipedInterface.pair("child", "far", clock, 1);
        pair.left().appear(other.left());
        assertEquals(List.of(other.left()), left.children());

        RecordingSink second = new RecordingSink();
        pair.left().attach(second);
        other.right().send(packet(4));
        clock.advance(Duration.ZERO);
        RecordingSink ofChild = second.childSink(other.left()).orElseThrow();
        pair.left().vanish(other.left());

        assertEquals(1, ofChild.packets().size());
        assertEquals(1, second.vanishedChildren());
        assertTrue(second.children().isEmpty());
    }

    @Test
    void aSignalTravelsWithItsPacket() {
        pair.left().receive(new byte[] {1}, new Signal(-90, 4, 80));

        assertEquals(-90, left.signals().get(0).rssiDbm());
    }

    @Test
    void afterCloseTheSinkStaysSilent() {
        send(1);
        pair.close();
        clock.advance(Duration.ofSeconds(1));

        assertEquals(0, right.packets().size());
        assertFalse(pair.left().status().isUp());
        assertEquals(InterfaceState.CLOSED, pair.left().status().state());
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            pair.left().send(packet(i));
        }
    }

    private List<Integer> arrived() {
        return numbers(right);
    }

    private static List<Integer> numbers(RecordingSink sink) {
        return sink.packets().stream()
                .map(packet -> Byte.toUnsignedInt(packet[0]) + 256 * Byte.toUnsignedInt(packet[1]))
                .toList();
    }

    private static ByteBuffer packet(int number) {
        return ByteBuffer.wrap(new byte[] {(byte) number, (byte) (number >> 8)});
    }
}
