package io.kairos.transport.satellite;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses after sessions that failed, drawn at random, as the operators of the network ask for: up to 5 s after the first two, up
 * to 30 s after the next two, up to five minutes after that. One owner.
 */
final class BackOff {

    private static final Duration LATER = Duration.ofMinutes(3); // a registration bars the next one for so long

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    int failures() {
        return failures;
    }

    /** The pause after one more failure. */
    Duration failed() {
        failures++;
        int seconds = failures <= 2 ? 5 : failures <= 4 ? 30 : 300;
        return Duration.ofMillis(random.nextInt(seconds * 1_000) + 1L);
    }

    /** The pause where the network has asked for a longer one. */
    Duration later() {
        failures++;
        return LATER.plusMillis(random.nextInt(120_000));
    }
}
