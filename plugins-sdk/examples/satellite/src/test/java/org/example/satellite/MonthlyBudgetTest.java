package org.example.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.MemoryStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MonthlyBudgetTest {

    private static final long JANUARY = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();
    private static final long FEBRUARY = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    private final MemoryStore store = new MemoryStore();

    @Test
    void whatIsSpentIsGoneUntilTheNextMonth() {
        MonthlyBudget budget = open(JANUARY);
        budget.spend(60_000, JANUARY);

        assertEquals(40_000, budget.remaining(JANUARY));
        assertEquals(40_000, budget.remaining(FEBRUARY - 1));
        assertEquals(100_000, budget.remaining(FEBRUARY));
    }

    @Test
    void theAccountSurvivesARestart() {
        MonthlyBudget budget = open(JANUARY);
        budget.spend(12_345, JANUARY);
        budget.close();

        assertEquals(100_000 - 12_345, open(JANUARY).remaining(JANUARY));
    }

    @Test
    void aNodeThatDiesHasNeverSpentMoreThanItBelieves() {
        for (int spent = 0; spent < 5_000; spent += 130) {
            MemoryStore disk = new MemoryStore();
            MonthlyBudget budget = new MonthlyBudget(disk, "sat", 100_000, Runnable::run, JANUARY);
            for (int bytes = 0; bytes < spent; bytes += 130) {
                budget.spend(130, JANUARY);
            }
            // not closed: the power went away
            long believed =
                    100_000 - new MonthlyBudget(disk, "sat", 100_000, Runnable::run, JANUARY).remaining(JANUARY);

            assertTrue(believed >= spent, spent + " bytes were spent, " + believed + " are written down");
            assertTrue(believed <= spent + 1_000, "at most a block is lost: " + believed + " instead of " + spent);
        }
    }

    @Test
    void aClockThatGoesBackBringsNoMoney() {
        open(FEBRUARY).spend(99_000, FEBRUARY);

        assertTrue(open(JANUARY).remaining(JANUARY) <= 1_000);
    }

    @Test
    void itCanBeOverdrawnByWhatArrives() {
        MonthlyBudget budget = open(JANUARY);
        budget.spend(150_000, JANUARY);

        assertEquals(0, budget.remaining(JANUARY));
    }

    @Test
    void bytesThatCostNothingAreNotWrittenDown() {
        MonthlyBudget budget = new MonthlyBudget(store, "sat", 0, Runnable::run, JANUARY);
        budget.spend(1_000_000, JANUARY);
        budget.close();

        assertEquals(0, store.writes());
        assertEquals(1.0, budget.remainingShare(JANUARY));
    }

    @Test
    void aFullDiskDoesNotStopTheAccount() {
        MonthlyBudget budget = open(JANUARY);
        store.full(true);
        budget.spend(60_000, JANUARY);
        store.full(false);
        budget.spend(1_000, JANUARY);

        assertEquals(39_000, budget.remaining(JANUARY));
        assertTrue(open(JANUARY).remaining(JANUARY) <= 39_000);
    }

    @Test
    void whatCanBeAffordedLastsUntilTheEndOfTheMonth() {
        long dayBefore = FEBRUARY - 86_400_000;

        assertEquals(100_000 / 86_400.0, open(JANUARY).affordableBytesPerSecond(dayBefore), 1e-6);
    }

    private MonthlyBudget open(long now) {
        return new MonthlyBudget(store, "sat", 100_000, Runnable::run, now);
    }
}
