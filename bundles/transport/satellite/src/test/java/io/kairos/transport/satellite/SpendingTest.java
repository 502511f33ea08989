package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.health.Finding;
import io.kairos.lib.medium.paid.Standing;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@code mesh:doctor} tells of a budget. */
class SpendingTest {

    @Test
    void aBudgetThatEndsBeforeItsMonthIsAWarningWithTheDay() {
        Finding finding = Spending.finding(standing(750, "2026-11-11T00:00:00Z"), "sat", "credits");

        assertEquals(Finding.Severity.WARNING, finding.severity());
        assertEquals(
                "sat: 750 of 1,500 credits of this month are left; at the pace of this month they are used up on"
                        + " 2026-11-21",
                finding.message());
    }

    @Test
    void aBudgetThatLastsIsWell() {
        assertEquals(
                Finding.ok(
                        "sat: 1,400 of 1,500 bytes of this month are left; at the pace of this month they last until its end"),
                Spending.finding(standing(100, "2026-11-11T00:00:00Z"), "sat", "bytes"));
        assertEquals(
                Finding.ok("sat: 1,300 of 1,500 credits of this month are left"),
                Spending.finding(standing(200, "2026-11-01T01:00:00Z"), "sat", "credits"));
    }

    @Test
    void aBudgetThatIsUsedUpIsAnErrorThatSaysWhenItGoesOn() {
        Finding used = Spending.finding(standing(1_600, "2026-11-22T00:00:00Z"), "sat", "credits");

        assertEquals(Finding.Severity.ERROR, used.severity());
        assertEquals(
                "It goes on by itself on 2026-12-01; raise the budget if you want to pay for more.", used.remedy());
    }

    private static Standing standing(long spent, String now) {
        return new Standing(
                1_500,
                spent,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse(now));
    }
}
