package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AirtimeBudgetTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AirtimeBudget onePercent = new AirtimeBudget(Duration.ofHours(1), 0.01);

    @Test
    void anHourHoldsThirtySixSecondsOfOnePercent() {
        for (int i = 0; i < 36; i++) {
            assertEquals(0, onePercent.nanosUntil(SECOND, i * SECOND));
            onePercent.use(SECOND, i * SECOND);
        }

        assertTrue(onePercent.nanosUntil(SECOND, 36 * SECOND) > 0);
        assertEquals(0.01, onePercent.usedShare(36 * SECOND), 1e-9);
    }

    @Test
    void whatWasSentIsForgottenAnHourAndAtMostAMinuteLater() {
        onePercent.use(36 * SECOND, 0);

        long wait = onePercent.nanosUntil(SECOND, 10 * SECOND);

        assertEquals(3_660 - 10, wait / SECOND);
        assertEquals(0, onePercent.nanosUntil(SECOND, 10 * SECOND + wait));
    }

    @Test
    void moreThanTheAllowanceNeverFits() {
        assertEquals(Long.MAX_VALUE, onePercent.nanosUntil(37 * SECOND, 0));
    }

    @Test
    void withoutALimitEverythingFits() {
        AirtimeBudget free = new AirtimeBudget(Duration.ofHours(1), 1);
        free.use(10_000 * SECOND, 0);

        assertEquals(0, free.nanosUntil(10_000 * SECOND, 0));
    }

    @Test
    void anotherShareDoesNotForgetWhatWasSent() {
        AirtimeBudget budget = new AirtimeBudget(Duration.ofHours(1), 0.1);
        budget.use(100 * SECOND, 0);

        budget.share(0.01);

        assertTrue(budget.nanosUntil(SECOND, SECOND) > 0);
    }
}
