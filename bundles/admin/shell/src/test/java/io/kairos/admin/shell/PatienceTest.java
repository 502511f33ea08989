package io.kairos.admin.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final ManualClock clock = new ManualClock();
    private final Patience patience = new Patience(clock, clock::advance);

    @Test
    void endsAsSoonAsTheConditionHolds() throws InterruptedException {
        assertTrue(patience.until(() -> clock.nanos() >= Duration.ofMillis(300).toNanos(), Duration.ofSeconds(5)));
        assertEquals(Duration.ofMillis(300).toNanos(), clock.nanos());
    }

    @Test
    void givesUpAfterTheBound() throws InterruptedException {
        assertFalse(patience.until(() -> false, Duration.ofSeconds(2)));
        assertEquals(Duration.ofSeconds(2).toNanos(), clock.nanos());
    }
}
