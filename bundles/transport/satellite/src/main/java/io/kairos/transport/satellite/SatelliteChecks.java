package io.kairos.transport.satellite;

import io.kairos.lib.medium.Checks;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;

/** Settings that both kinds have. */
final class SatelliteChecks {

    private SatelliteChecks() {}

    static Windows windows(int periodMinutes, int lengthMinutes, String first) {
        if (periodMinutes == 0) {
            return Windows.ALWAYS;
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

    static double cost(double value) {
        if (!(value >= 0 && value <= 1e12)) {
            throw Checks.refuse("cost.per.megabyte = " + value + " is not 0 or more", "Free interfaces have 0.");
        }
        return value;
    }

    static Reserve reserve(int percent) {
        return new Reserve(Checks.between("budget.reserve.percent", percent, 0, 100, 20) / 100.0);
    }

    /** Interfaces may be called anything; documents may not. */
    static String document(String name) {
        return "satellite/" + HexFormat.of().toHexDigits(hash(name));
    }

    /** FNV-1a: only to tell the interfaces of one node apart. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
