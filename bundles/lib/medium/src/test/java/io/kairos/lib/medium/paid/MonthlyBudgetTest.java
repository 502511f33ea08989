package io.kairos.lib.medium.paid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonthlyBudgetTest {

    private static final long JANUARY = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();
    private static final long FEBRUARY = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    private final MemoryBook book = new MemoryBook();

    @Test
    void whatIsSpentIsGoneUntilTheNextMonth() {
        MonthlyBudget budget = open(book);
        budget.spend(60_000, JANUARY);

        assertEquals(40_000, budget.remaining(JANUARY));
        assertEquals(40_000, budget.remaining(FEBRUARY - 1));
        assertEquals(100_000, budget.remaining(FEBRUARY));
        assertEquals(100_000, budget.remaining(JANUARY), "a clock that goes back does not begin anew");
    }

    @Test
    void theAccountSurvivesARestart() {
        MonthlyBudget budget = open(book);
        budget.spend(12_345, JANUARY);
        budget.close();

        assertEquals(100_000 - 12_345, open(book).remaining(JANUARY));
    }

    @Test
    void aNodeThatDiesHasNeverSpentMoreThanItBelieves() {
        for (int spent = 0; spent < 5_000; spent += 130) {
            MemoryBook disk = new MemoryBook();
            MonthlyBudget budget = open(disk);
            for (int bytes = 0; bytes < spent; bytes += 130) {
                budget.spend(130, JANUARY);
                budget.keep();
            }
            long believed = 100_000 - open(disk).remaining(JANUARY); // not closed: the power went away

            assertTrue(believed >= spent, spent + " were spent, " + believed + " are written down");
            assertTrue(believed <= spent + 1_000, "at most a block is lost: " + believed + " instead of " + spent);
        }
    }

    @Test
    void aFullDiskAndADamagedAccountCostNoMoreThanTheAccount() {
        MonthlyBudget budget = open(book);
        book.full = true;
        budget.spend(500, JANUARY);
        budget.keep();
        budget.close();
        assertEquals(99_500, budget.remaining(JANUARY));

        book.full = false;
        book.write("2026-13 many");
        assertEquals(100_000, open(book).remaining(JANUARY));
    }

    @Test
    void theCostGrowsAsTheMoneyShrinks() {
        MonthlyBudget budget = open(book);
        Costs costs = new Costs(2_400, 500, 1_000, 1, Windows.ALWAYS);
        assertEquals(1_000, costs.now(budget, JANUARY).costPerMegabyte(), 1e-6);
        budget.spend(100_000, JANUARY);
        assertEquals(5_000, costs.now(budget, JANUARY).costPerMegabyte(), 1e-6);
        assertEquals(
                Failure.Kind.POLICY,
                costs.obstacle(budget, 1, JANUARY).orElseThrow().kind());
    }

    @Test
    void aWindowThatIsClosedSaysWhenItOpens() {
        Windows windows = new Windows(JANUARY, Duration.ofMinutes(100), Duration.ofMinutes(10));
        Costs costs = new Costs(2_400, 500, 0, 1, windows);
        MonthlyBudget budget = open(book);

        assertEquals(Optional.empty(), costs.obstacle(budget, 1, JANUARY + 9 * 60_000));
        MeshException why = costs.obstacle(budget, 1, JANUARY + 11 * 60_000).orElseThrow();
        assertEquals(Failure.Kind.NETWORK, why.kind());
        assertTrue(why.remedy().contains("2026-01-10T01:40:00Z"), why.remedy());
        assertEquals(
                why.remedy(),
                costs.obstacle(budget, 1, JANUARY + 13 * 60_000 + 7)
                        .orElseThrow()
                        .remedy());
    }

    private static MonthlyBudget open(MonthlyBudget.Book book) {
        return MonthlyBudget.load("sat", book, 100_000, JANUARY);
    }

    private static final class MemoryBook implements MonthlyBudget.Book {

        private String kept;
        private boolean full;

        @Override
        public Optional<String> read() {
            return Optional.ofNullable(kept);
        }

        @Override
        public boolean write(String account) {
            if (full) {
                throw new MeshException(Failure.Kind.STORAGE, "The disk is full", "Make room.");
            }
            kept = account;
            return true;
        }
    }
}
