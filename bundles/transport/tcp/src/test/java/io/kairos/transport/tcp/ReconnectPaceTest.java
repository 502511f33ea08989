package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReconnectPaceTest {

    private static final Duration FIVE = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ReconnectPace pace = new ReconnectPace(FIVE, new SplittableRandom(1));

    @Test
    void aDeadPeerIsTriedEveryFiveSecondsForever() {
        for (int i = 0; i < 1_000; i++) {
            isAbout(5, pace.afterFailure());
        }
        assertFalse(pace.isTurnedAway());
    }

    @Test
    void aPeerThatClosesQuicklyIsLeftAloneEverLonger() {
        for (int i = 0; i < 3; i++) {
            isAbout(5, pace.afterConnection(Duration.ofSeconds(1)));
        }
        isAbout(15, pace.afterConnection(Duration.ofSeconds(1)));
        isAbout(45, pace.afterConnection(Duration.ofSeconds(1)));
        assertTrue(pace.isTurnedAway());
        for (int i = 0; i < 100; i++) {
            pace.afterConnection(Duration.ofSeconds(1));
        }
        isAbout(900, pace.afterConnection(Duration.ofSeconds(1)));
    }

    @Test
    void oneLongConnectionForgivesAll() {
        for (int i = 0; i < 10; i++) {
            pace.afterConnection(Duration.ofSeconds(1));
        }

        isAbout(5, pace.afterConnection(MINUTE));
        assertFalse(pace.isTurnedAway());
    }

    private static void isAbout(int seconds, Duration pause) {
        assertEquals(seconds, pause.toMillis() / 1_000.0, seconds * 0.1 + 0.001);
        assertTrue(pause.toSeconds() >= seconds);
    }
}
