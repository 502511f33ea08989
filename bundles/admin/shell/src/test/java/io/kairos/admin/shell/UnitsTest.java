package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1 kB",
        "1234, 1.2 kB",
        "999949, 999.9 kB",
        "999951, 1.0 MB",
        "12500000000, 12.5 GB"
    })
    void bytesHaveDecimalPrefixes(long bytes, String shown) {
        assertEquals(shown, Units.bytes(bytes));
    }

    @ParameterizedTest
    @CsvSource({"5, 5 bit/s", "1200, 1.2 kbit/s", "62500, 62.5 kbit/s", "10000000, 10 Mbit/s"})
    void bitRatesHaveDecimalPrefixes(long rate, String shown) {
        assertEquals(shown, Units.bitRate(rate));
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "45, 45 s",
        "60, 1 min",
        "200, 3 min 20 s",
        "7500, 2 h 5 min",
        "86399, 23 h 59 min",
        "356400, 4 d 3 h"
    })
    void durationsShowTheTwoLargestUnits(long seconds, String shown) {
        assertEquals(shown, Units.duration(Duration.ofSeconds(seconds)));
    }

    @Test
    void shortTimesShowWhatCanBeMeasured() {
        assertEquals("0.5 ms", Units.shortTime(Duration.ofNanos(450_000)));
        assertEquals("12 ms", Units.shortTime(Duration.ofMillis(12)));
        assertEquals("1.25 s", Units.shortTime(Duration.ofMillis(1250)));
    }

    @Test
    void timesAreIsoInUtc() {
        assertEquals("2026-01-01T00:00:00Z", Units.iso(Node.NOW + 999));
    }

    @Test
    void countsSpeakEnglish() {
        assertEquals("1 hop", Units.count(1, "hop"));
        assertEquals("1,234 hops", Units.count(1234, "hop"));
    }
}
