package io.kairos.lib.medium.paid;

import io.kairos.lib.medium.Checks;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * When a medium can be reached that comes and goes, such as a satellite.
 *
 * @param firstMillis begin of any one window, in milliseconds of wall time
 * @param period from the begin of one window to the begin of the next; zero: it can always be reached
 * @param length of each window
 */
public record Windows(long firstMillis, Duration period, Duration length) {

    /** Always reachable. */
    public static final Windows ALWAYS = new Windows(0, Duration.ZERO, Duration.ZERO);

    /** Whether it can be reached. */
    public boolean isOpen(long nowMillis) {
        return period.isZero() || intoPeriod(nowMillis) < length.toMillis();
    }

    /** How long it stays as it is now: until the window closes, or until it opens. */
    public Duration untilChange(long nowMillis) {
        long into = intoPeriod(nowMillis);
        return Duration.ofMillis((isOpen(nowMillis) ? length.toMillis() : period.toMillis()) - into);
    }

    /** Whether something ever changes. */
    public boolean everCloses() {
        return !period.isZero() && length.compareTo(period) < 0;
    }

    /**
     * From the settings {@code window.period.minutes}, {@code window.length.minutes} and {@code window.first}.
     *
     * @param periodMinutes 0: always
     * @param first for example {@code 2026-01-01T00:10:00Z}
     * @throws io.kairos.api.failure.MeshException that names key, value and remedy
     */
    public static Windows parse(int periodMinutes, int lengthMinutes, String first) {
        if (periodMinutes == 0) {
            return ALWAYS;
        }
        Checks.between("window.period.minutes", periodMinutes, 1, 1_000_000, 0);
        Checks.between("window.length.minutes", lengthMinutes, 1, periodMinutes, 0);
        try {
            return new Windows(
                    Instant.parse(first == null ? "" : first.strip()).toEpochMilli(),
                    Duration.ofMinutes(periodMinutes),
                    Duration.ofMinutes(lengthMinutes));
        } catch (DateTimeParseException e) {
            throw Checks.refuse("window.first = " + first + " is not a time", "Write it like 2026-01-01T00:10:00Z.");
        }
    }

    private long intoPeriod(long nowMillis) {
        return Math.floorMod(nowMillis - firstMillis, period.toMillis());
    }
}
