package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.SimulatedStation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedMediumTest {

    private final ManualClock clock = new ManualClock();
    private final List<byte[]> heard = new ArrayList<>();

    @Test
    void aFrameTakesItsBitsAndTheDelay() {
        SimulatedMedium medium =
                medium(LineConditions.PERFECT.withBitsPerSecond(1_000).withDelay(Duration.ofMillis(250)));
        medium.station("other").onFrame(heard::add);

        assertEquals(Outcome.SENT, medium.station("one").send(new byte[125])); // one second at 1,000 bit/s
        assertEquals(Outcome.SENT, medium.station("one").send(new byte[] {1, 2}));
        clock.advance(Duration.ofMillis(1_249));
        assertEquals(0, heard.size());
        clock.advance(Duration.ofMillis(1));
        assertEquals(1, heard.size());
        clock.advance(Duration.ofMillis(16)); // after the first, not beside it
        assertArrayEquals(new byte[] {1, 2}, heard.get(1));
    }

    @Test
    void everyOtherStationHearsAFrameAndItsSenderDoesNot() {
        SimulatedMedium medium = medium(LineConditions.PERFECT);
        medium.station("one").onFrame(frame -> {
            throw new AssertionError("its own frame");
        });
        medium.station("two").onFrame(heard::add);
        medium.station("three").onFrame(heard::add);

        medium.station("one").send(new byte[10]);
        clock.advance(Duration.ofSeconds(1));

        assertEquals(2, heard.size());
        assertEquals(1, medium.station("two").tally().heardFrames());
    }

    @Test
    void aSeedDecidesWhatIsLost() {
        List<Integer> first = numbersHeard(7);

        assertEquals(first, numbersHeard(7));
        assertFalse(first.equals(numbersHeard(8)));
        assertTrue(first.size() > 600 && first.size() < 800, first.size() + " of 1,000 at 30 % loss");
    }

    @Test
    void aStationThatHasUsedUpItsTimeOnAirIsRefusedUntilEnoughHasPassed() {
        SimulatedMedium medium =
                medium(LineConditions.PERFECT.withBitsPerSecond(8_000).withDutyCycle(0.01, Duration.ofMinutes(1)));
        SimulatedStation station = medium.station("one"); // 600 ms each minute

        assertEquals(Outcome.SENT, station.send(new byte[500]));
        assertEquals(Outcome.DUTY_CYCLE, station.send(new byte[500]));
        assertEquals(Outcome.SENT, station.send(new byte[100]));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.SENT, station.send(new byte[500]));
        assertEquals(1, station.tally().refusedFrames());
        assertEquals(Duration.ofMillis(1_100), station.tally().airtime());
    }

    @Test
    void nothingIsSentWhileTheWindowIsClosedOrAcrossItsEnd() {
        SimulatedMedium medium = medium(LineConditions.PERFECT
                .withBitsPerSecond(8)
                .withWindows(Duration.ofMinutes(100), Duration.ofMinutes(10)));
        SimulatedStation station = medium.station("one");

        assertTrue(medium.isOpen());
        clock.advance(Duration.ofMinutes(10).minusSeconds(5));
        assertEquals(Outcome.CLOSED, station.send(new byte[6]), "it would not be through in time");
        assertEquals(Outcome.SENT, station.send(new byte[5]));
        clock.advance(Duration.ofSeconds(5));
        assertFalse(medium.isOpen());
        assertEquals(Duration.ofMinutes(90), medium.untilOpen());
        assertEquals(Outcome.CLOSED, station.send(new byte[1]));
        clock.advance(medium.untilOpen());
        assertEquals(Outcome.SENT, station.send(new byte[1]));
    }

    @Test
    void whatIsUnderWayWhileTheLineIsCutIsLost() {
        SimulatedMedium medium = medium(LineConditions.PERFECT.withDelay(Duration.ofSeconds(2)));
        medium.station("two").onFrame(heard::add);
        medium.station("one").send(new byte[10]);

        medium.cut(true);
        assertEquals(Outcome.CLOSED, medium.station("one").send(new byte[10]));
        clock.advance(Duration.ofSeconds(3));
        medium.cut(false);
        medium.station("one").send(new byte[11]);
        clock.advance(Duration.ofSeconds(3));

        assertEquals(1, heard.size());
        assertEquals(11, heard.get(0).length);
        assertEquals(1, medium.station("one").tally().lostFrames());
    }

    private List<Integer> numbersHeard(long seed) {
        SimulatedMedium medium = new SimulatedMedium(clock, clock, seed, LineConditions.PERFECT.withLoss(0.3));
        List<Integer> numbers = new ArrayList<>();
        medium.station("two").onFrame(frame -> numbers.add((frame[0] & 255) << 8 | frame[1] & 255));
        for (int i = 0; i < 1_000; i++) {
            medium.station("one").send(new byte[] {(byte) (i >>> 8), (byte) i});
        }
        clock.advance(Duration.ofSeconds(1));
        return numbers;
    }

    private SimulatedMedium medium(LineConditions conditions) {
        return new SimulatedMedium(clock, clock, 1, conditions);
    }
}
