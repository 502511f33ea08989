package io.kairos.admin.shell;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers with their units, as people read them. */
public final class Units {

    private Units() {}

    /** Decimal prefixes: {@code 999 B}, {@code 1.2 kB}. */
    public static String bytes(long bytes) {
        return scaled((double) bytes, "B");
    }

    /** {@code 62.5 kbit/s}, {@code 10 Mbit/s}. */
    public static String bitRate(long bitsPerSecond) {
        return scaled((double) bitsPerSecond, "bit/s");
    }

    /** {@code 1.1 kB/s}. */
    public static String byteRate(double bytesPerSecond) {
        return scaled(bytesPerSecond, "B/s");
    }

    /** With one decimal where it is below ten: {@code 0.3/s}, {@code 25/s}. */
    public static String rate(double perSecond) {
        return short1(perSecond) + "/s";
    }

    /** Groups of three digits: {@code 1,234,567}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 packet}, {@code 2 packets}. */
    public static String count(long number, String singular) {
        return count(number) + " " + singular + (number == 1 ? "" : "s");
    }

    /** The two largest units: {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 4 d 3 h}. */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** {@code 12 ms}, {@code 1.25 s}. */
    public static String shortTime(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 1000) {
            return (millis < 10 ? String.format(Locale.ROOT, "%.1f", millis) : Long.toString(Math.round(millis)))
                    + " ms";
        }
        return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }

    /** How long ago; times ahead of the clock count as now. */
    public static String age(long nowMillis, long thenMillis) {
        return duration(Duration.ofMillis(nowMillis - thenMillis));
    }

    /** How long until; {@code over} where it has passed. */
    public static String until(long nowMillis, long thenMillis) {
        return thenMillis <= nowMillis ? "over" : duration(Duration.ofMillis(thenMillis - nowMillis));
    }

    /** ISO 8601 in UTC, to the second. */
    public static String iso(long wallMillis) {
        return Instant.ofEpochMilli(wallMillis).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The text with control characters replaced, so that no terminal is steered by it. */
    public static String printable(String text) {
        return text.replaceAll("\\p{C}", "?");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static String scaled(double value, String unit) {
        String[] prefixes = {"", "k", "M", "G", "T"};
        double shown = value;
        int prefix = 0;
        while (shown >= 999.95 && prefix < prefixes.length - 1) {
            shown /= 1000;
            prefix++;
        }
        String number = shown == Math.rint(shown) || prefix == 0 && value >= 10
                ? Long.toString(Math.round(shown))
                : String.format(Locale.ROOT, "%.1f", shown);
        return number + " " + prefixes[prefix] + unit;
    }

    private static String short1(double value) {
        return value >= 10 ? Long.toString(Math.round(value)) : String.format(Locale.ROOT, "%.1f", value);
    }
}
