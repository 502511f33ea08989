package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MonthlyBudgetTest {

    private static final long JANUARY = Instant.parse("2026-01-10T00:00:00Z").toEpochMilli();
    private static final long FEBRUARY = Instant.parse("2026-02-01T00:00:00Z").toEpochMilli();

    private final MemoryStore store = new MemoryStore();

    @Test
    void whatIsSpentIsGoneUntilTheNextMonth() {
        MonthlyBudget budget = open(store);
        budget.spend(60_000, JANUARY);

        assertEquals(40_000, budget.remaining(JANUARY));
        assertEquals(40_000, budget.remaining(FEBRUARY - 1));
        assertEquals(100_000, budget.remaining(FEBRUARY));
        assertEquals(100_000, budget.remaining(JANUARY), "a clock that goes back does not begin anew");
    }

    @Test
    void theAccountSurvivesARestart() {
        MonthlyBudget budget = open(store);
        budget.spend(12_345, JANUARY);
        budget.close();

        assertEquals(100_000 - 12_345, open(store).remaining(JANUARY));
    }

    @Test
    void aNodeThatDiesHasNeverSpentMoreThanItBelieves() {
        for (int spent = 0; spent < 5_000; spent += 130) {
            MemoryStore disk = new MemoryStore();
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
        MonthlyBudget budget = open(store);
        store.full(true);
        budget.spend(500, JANUARY);
        budget.keep();
        budget.close();
        assertEquals(99_500, budget.remaining(JANUARY));

        store.full(false);
        store.write("sat", "2026-13 many".getBytes(StandardCharsets.US_ASCII));
        assertEquals(100_000, open(store).remaining(JANUARY));
    }

    @Test
    void theCostGrowsAsTheMoneyShrinks() {
        MonthlyBudget budget = open(store);
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
        MonthlyBudget budget = open(store);

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

    @Test
    void pausesGrowAsTheOperatorsOfTheNetworkAsk() {
        BackOff pauses = new BackOff(new Random(1));
        int[] most = {5, 5, 30, 30, 300, 300, 300};
        for (int seconds : most) {
            Duration pause = pauses.failed();
            assertTrue(!pause.isZero() && pause.compareTo(Duration.ofSeconds(seconds)) <= 0, pause.toString());
        }
        assertTrue(pauses.later().compareTo(Duration.ofMinutes(3)) >= 0);
        pauses.succeeded();
        assertTrue(pauses.failed().compareTo(Duration.ofSeconds(5)) <= 0);
    }

    @Test
    void withoutAStoreNobodySpends() {
        StoreReference reference = new StoreReference();
        reference.close();

        assertEquals(
                Failure.Kind.STORAGE,
                assertThrows(MeshException.class, () -> reference.await(new ManualClock()))
                        .kind());
    }

    private static MonthlyBudget open(MemoryStore disk) {
        return MonthlyBudget.load(() -> Optional.of(disk), "sat", 100_000, JANUARY);
    }
}
