package io.kairos.lib.medium.paid;

import io.kairos.api.transport.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the budget of a month stands.
 *
 * @param perMonth units of the whole month
 * @param spent units until now
 * @param begin of the month
 * @param end of the month
 */
public record Standing(long perMonth, long spent, Instant begin, Instant end, Instant now) {

    /** Before that the pace of a month is chance. */
    private static final Duration LEAST = Duration.ofHours(6);

    private static final double DAY_SECONDS = 86_400;

    /** Units that may still be spent. */
    public long left() {
        return Math.max(0, perMonth - spent);
    }

    /** How long the rest lasts when as much is spent as in this month until now; empty where nobody can tell yet. */
    public Optional<Duration> lasts() {
        Duration gone = Duration.between(begin, now);
        return spent <= 0 || gone.compareTo(LEAST) < 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) ((double) left() * gone.toSeconds() / spent)));
    }

    /** When nothing will be left at this pace, where that is before the end of the month. */
    public Optional<Instant> usedUp() {
        Duration rest = Duration.between(now, end);
        return lasts().filter(lasts -> lasts.compareTo(rest) < 0).map(now::plus);
    }

    /** What an interface tells of it ({@code MeshInterface.readings}), in such units. */
    public List<Reading> readings(String unit) {
        Reading left = new Reading("budget_left", left(), unit);
        Reading all = new Reading("budget_per_month", perMonth, unit);
        return lasts().map(Standing::days)
                .map(days -> List.of(left, all, new Reading("budget_lasts", days, "days")))
                .orElse(List.of(left, all));
    }

    private static double days(Duration duration) {
        return Math.round(10 * duration.toSeconds() / DAY_SECONDS) / 10.0;
    }
}
