package io.kairos.lib.medium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryPaceTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private static List<Long> pauses(RetryPace pace, int count) {
        return Stream.generate(() -> pace.after(SHORT).toSeconds()).limit(count).toList();
    }

    @Test
    void eachPauseIsTwiceTheOneBeforeUpToTheLongest() {
        assertEquals(
                List.of(5L, 10L, 20L, 40L, 60L, 60L),
                pauses(new RetryPace(Duration.ofSeconds(5), Duration.ofSeconds(60)), 6));
    }

    @Test
    void aLineThatHasHeldBeginsAnew() {
        RetryPace pace = new RetryPace(Duration.ofSeconds(5), Duration.ofSeconds(60));
        pauses(pace, 3);

        assertEquals(Duration.ofSeconds(5), pace.after(Duration.ofSeconds(61)));
        assertEquals(Duration.ofSeconds(10), pace.after(SHORT));
    }

    @Test
    void everyPauseMayBeTheSame() {
        assertEquals(List.of(5L, 5L, 5L), pauses(RetryPace.every(Duration.ofSeconds(5)), 3));
    }

    @Test
    void aPauseHasToBeOne() {
        assertThrows(IllegalArgumentException.class, () -> RetryPace.every(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new RetryPace(Duration.ofSeconds(2), SHORT));
    }
}
