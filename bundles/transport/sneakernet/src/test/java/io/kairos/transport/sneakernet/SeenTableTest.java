package io.kairos.transport.sneakernet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.IdentityHash;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenTableTest {

    private static final Origin ORIGIN = new Origin(new IdentityHash(1, 2), 3);

    @Test
    void knowsExactlyWhatWasAdded() {
        SeenTable table = new SeenTable();
        Set<Long> added = new HashSet<>();
        Random random = new Random(7);
        for (int i = 0; i < 400; i++) {
            long number = 1 + random.nextInt(600);
            table.add(ORIGIN, number, Member.NOW);
            added.add(number);
        }

        SeenTable again = SeenTable.of(table.toBytes());

        for (long number = 0; number < 700; number++) {
            assertEquals(added.contains(number), table.has(ORIGIN, number), "number " + number);
            assertEquals(added.contains(number), again.has(ORIGIN, number), "number " + number);
        }
        assertFalse(table.has(new Origin(ORIGIN.writer(), 4), 1));
    }

    @Test
    void gapsAreBoundedFromBelow() {
        SeenTable table = new SeenTable();
        for (long i = 1; i <= 3L * SeenTable.MOST_RANGES; i++) {
            table.add(ORIGIN, 2 * i, Member.NOW);
        }

        assertTrue(table.has(ORIGIN, 3), "an old gap counts as delivered");
        assertFalse(table.has(ORIGIN, 6L * SeenTable.MOST_RANGES - 1), "a new one does not");
        assertTrue(table.toBytes().length < 20_000);
    }

    @Test
    void whoWasNotMetForLongestMakesRoom() {
        SeenTable table = new SeenTable();
        for (int i = 0; i <= SeenTable.MOST_ORIGINS; i++) {
            table.add(new Origin(new IdentityHash(0, i), 1), 1, Member.NOW + i);
        }
        assertFalse(table.has(new Origin(new IdentityHash(0, 0), 1), 1));
        assertTrue(table.has(new Origin(new IdentityHash(0, 1), 1), 1));

        table.expire(Member.NOW + 180 * Member.DAY + 300);
        assertFalse(table.has(new Origin(new IdentityHash(0, 299), 1), 1));
        assertTrue(table.has(new Origin(new IdentityHash(0, 400), 1), 1));
    }
}
