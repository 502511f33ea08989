package io.kairos.lib.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Signal;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeighbourTableTest {

    private static final Signal SIGNAL = new Signal(-80, 7, 100);

    private final ManualClock clock = new ManualClock();
    private final NeighbourTable table = new NeighbourTable();

    @Test
    void eachIsCountedAndTheLastOneHeardComesFirst() {
        table.heard("a", 10, Optional.of(SIGNAL), clock.wallMillis());
        table.heard("b", 20, Optional.empty(), clock.wallMillis());
        clock.advance(Duration.ofSeconds(3));
        table.heard("a", 30, Optional.empty(), clock.wallMillis());

        long now = clock.wallMillis();
        assertEquals(
                List.of(
                        new Neighbour("a", 2, 40, now, Optional.of(SIGNAL)),
                        new Neighbour("b", 1, 20, now - 3_000, Optional.empty())),
                table.read());
    }

    @Test
    void whoeverWasHeardLongestAgoMakesRoom() {
        table.heard("constant", 1, Optional.empty(), clock.wallMillis());
        for (int i = 0; i < 3 * NeighbourTable.MOST; i++) {
            table.heard("stranger " + i, 1, Optional.empty(), clock.wallMillis());
            table.heard("constant", 1, Optional.empty(), clock.wallMillis());
        }

        List<Neighbour> all = table.read();
        assertEquals(NeighbourTable.MOST, all.size());
        assertEquals("constant", all.get(0).name());
        assertEquals(3L * NeighbourTable.MOST + 1, all.get(0).packets());
    }

    @Test
    void longNamesAreCut() {
        table.heard("x".repeat(1_000), 1, Optional.empty(), clock.wallMillis());

        assertEquals(
                NeighbourTable.MOST_NAME_CHARACTERS, table.read().get(0).name().length());
    }
}
