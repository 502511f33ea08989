package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.health.Finding;
import io.kairos.api.transport.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void atASteadyPaceItTellsWhenNothingIsLeft() {
        Standing tenth = standing(1_500, 750, "2026-11-11T00:00:00Z");

        assertEquals(Optional.of(Duration.ofDays(10)), tenth.lasts());
        assertEquals(Optional.of(Instant.parse("2026-11-21T00:00:00Z")), tenth.usedUp());
        assertEquals(
                Finding.warning(
                        "sat: 750 of 1,500 credits of this month are left; at the pace of this month they are used up on"
                                + " 2026-11-21",
                        tenth.finding("sat", "credits").remedy()),
                tenth.finding("sat", "credits"));
        assertEquals(
                List.of(
                        new Reading("budget_left", 750, "credits"),
                        new Reading("budget_per_month", 1_500, "credits"),
                        new Reading("budget_lasts", 10, "days")),
                tenth.readings("credits"));
    }

    @Test
    void whoSpendsLittleHasEnough() {
        Standing tenth = standing(1_500, 100, "2026-11-11T00:00:00Z");

        assertEquals(Optional.empty(), tenth.usedUp());
        assertEquals(
                Finding.ok("sat: 1,400 of 1,500 bytes of this month are left; at the pace of this month they last"),
                tenth.finding("sat", "bytes"));
    }

    @Test
    void theFirstHoursOfAMonthAndAMonthWithoutAnExpenseTellNothing() {
        assertEquals(
                Optional.empty(), standing(1_500, 200, "2026-11-01T01:00:00Z").lasts());
        assertEquals(
                Optional.empty(), standing(1_500, 200, "2026-10-30T00:00:00Z").lasts());
        assertEquals(
                Optional.empty(), standing(1_500, 0, "2026-11-11T00:00:00Z").lasts());
        assertEquals(
                Finding.ok("sat: 1,300 of 1,500 credits of this month are left"),
                standing(1_500, 200, "2026-11-01T01:00:00Z").finding("sat", "credits"));
    }

    @Test
    void whatIsUsedUpIsAnErrorThatSaysWhenItGoesOn() {
        Finding used = standing(1_500, 1_600, "2026-11-22T00:00:00Z").finding("sat", "credits");

        assertEquals(Finding.Severity.ERROR, used.severity());
        assertEquals(
                "It goes on by itself on 2026-12-01; raise the budget if you want to pay for more.", used.remedy());
    }

    private static Standing standing(long perMonth, long spent, String now) {
        return new Standing(
                perMonth,
                spent,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                Instant.parse(now));
    }
}
