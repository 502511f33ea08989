package io.kairos.transport.tcp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt. Usually the same short pause; when connections keep ending soon after they were
 * made the pauses grow, because listeners block addresses that come and go too fast (after more than five connections
 * shorter than 20 seconds, for twelve hours).
 *
 * <p>Threads: one at a time.
 */
final class ReconnectPace {

    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final int FORGIVEN = 3;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final double JITTER = 0.1;

    private final Duration usual;
    private final RandomGenerator random;
    private int shortInARow;

    ReconnectPace(Duration usual, RandomGenerator random) {
        this.usual = usual;
        this.random = random;
    }

    /** The pause after an attempt that made no connection. */
    Duration afterFailure() {
        return jittered(shortInARow > FORGIVEN ? grown() : usual);
    }

    /** The pause after a connection that lasted {@code lifetime}. */
    Duration afterConnection(Duration lifetime) {
        shortInARow = lifetime.compareTo(SHORT) < 0 ? Math.min(shortInARow + 1, 30) : 0;
        return afterFailure();
    }

    /** Whether the peer seems to turn this node away. */
    boolean isTurnedAway() {
        return shortInARow > FORGIVEN;
    }

    private Duration grown() {
        Duration pause = usual;
        for (int i = FORGIVEN; i < shortInARow && pause.compareTo(LONGEST) < 0; i++) {
            pause = pause.multipliedBy(3);
        }
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }

    private Duration jittered(Duration pause) {
        return pause.plusNanos((long) (pause.toNanos() * JITTER * random.nextDouble()));
    }
}
