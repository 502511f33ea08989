package io.kairos.transport.satellite;

import io.kairos.api.health.Finding;
import io.kairos.api.transport.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the budget of a month stands.
 *
 * @param perMonth units of the whole month
 * @param spent units until now
 */
record Standing(long perMonth, long spent, Instant begin, Instant end, Instant now) {

    /** Before that the pace of a month is chance. */
    private static final Duration LEAST = Duration.ofHours(6);

    private static final double DAY_SECONDS = 86_400;

    long left() {
        return Math.max(0, perMonth - spent);
    }

    /** How long the rest lasts when as much is spent as in this month until now; empty where nobody can tell yet. */
    Optional<Duration> lasts() {
        Duration gone = Duration.between(begin, now);
        return spent <= 0 || gone.compareTo(LEAST) < 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds((long) ((double) left() * gone.toSeconds() / spent)));
    }

    /** When nothing will be left at this pace, where that is before the end of the month. */
    Optional<Instant> usedUp() {
        Duration rest = Duration.between(now, end);
        return lasts().filter(lasts -> lasts.compareTo(rest) < 0).map(now::plus);
    }

    /** For whoever asks what the medium measures. */
    List<Reading> readings(String unit) {
        Reading left = new Reading("budget_left", left(), unit);
        Reading all = new Reading("budget_per_month", perMonth, unit);
        return lasts().map(Standing::days)
                .map(days -> List.of(left, all, new Reading("budget_lasts", days, "days")))
                .orElse(List.of(left, all));
    }

    /** For the operator who asks how the node does. */
    Finding finding(String name, String unit) {
        String rest =
                String.format(Locale.ROOT, "%s: %,d of %,d %s of this month are left", name, left(), perMonth, unit);
        if (left() == 0) {
            return Finding.error(
                    name + ": the budget of this month is used up",
                    "It goes on by itself on " + day(end) + "; raise the budget if you want to pay for more.");
        }
        return usedUp().map(when -> Finding.warning(
                        "%s; at the pace of this month they are used up on %s".formatted(rest, day(when)),
                        "Send less: mode = roaming or boundary, a low announce.cap.percent, fewer looks into the"
                                + " mailbox. Or raise the budget."))
                .orElseGet(
                        () -> Finding.ok(rest + (lasts().isPresent() ? "; at the pace of this month they last" : "")));
    }

    private static double days(Duration duration) {
        return Math.round(10 * duration.toSeconds() / DAY_SECONDS) / 10.0;
    }

    private static String day(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
