package io.kairos.lib.medium.paid;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    }

    @Test
    void theFirstHoursOfAMonthAndAMonthWithoutAnExpenseTellNothing() {
        assertEquals(
                Optional.empty(), standing(1_500, 200, "2026-11-01T01:00:00Z").lasts());
        assertEquals(
                Optional.empty(), standing(1_500, 200, "2026-10-30T00:00:00Z").lasts());
        assertEquals(
                Optional.empty(), standing(1_500, 0, "2026-11-11T00:00:00Z").lasts());
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
