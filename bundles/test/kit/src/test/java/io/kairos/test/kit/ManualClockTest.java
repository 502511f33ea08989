package io.kairos.test.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kairos.api.time.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock(1_000);
    private final List<String> log = new ArrayList<>();

    @Test
    void runsTasksInOrderAtExactlyTheirTime() {
        clock.after(Duration.ofSeconds(2), () -> log.add("b@" + clock.wallMillis()));
        clock.after(Duration.ofSeconds(1), () -> log.add("a@" + clock.wallMillis()));
        clock.after(Duration.ofSeconds(2), () -> log.add("c@" + clock.wallMillis()));

        clock.advance(Duration.ofSeconds(3));

        assertEquals(List.of("a@2000", "b@3000", "c@3000"), log);
        assertEquals(4_000, clock.wallMillis());
    }

    @Test
    void whatATaskSchedulesForThisInstantRunsWithinTheSameAdvance() {
        clock.after(Duration.ofSeconds(1), () -> {
            log.add("outer");
            clock.after(Duration.ZERO, () -> log.add("inner@" + clock.wallMillis()));
        });

        clock.advance(Duration.ofSeconds(1));

        assertEquals(List.of("outer", "inner@2000"), log);
        assertEquals(0, clock.waiting());
    }

    @Test
    void aPeriodicTaskRunsUntilItIsCancelledAlsoByItself() {
        Timer[] timer = new Timer[1];
        timer[0] = clock.every(Duration.ofSeconds(1), () -> {
            log.add("tick");
            if (log.size() == 3) {
                timer[0].cancel();
            }
        });

        clock.advance(Duration.ofSeconds(10));

        assertEquals(3, log.size());
        assertEquals(0, clock.waiting());
    }

    @Test
    void aTaskThatAdvancesDoesNotMakeTimeGoBack() {
        clock.after(Duration.ofSeconds(1), () -> clock.advance(Duration.ofSeconds(5)));

        clock.advance(Duration.ofSeconds(2));

        assertEquals(7_000, clock.wallMillis());
    }

    @Test
    void aJumpOfTheWallClockMovesNoTimer() {
        clock.after(Duration.ofSeconds(1), () -> log.add("due"));

        clock.jumpWall(Duration.ofDays(365));
        clock.advance(Duration.ofMillis(999));
        assertEquals(List.of(), log);
        clock.advance(Duration.ofMillis(1));

        assertEquals(List.of("due"), log);
    }

    @Test
    void anEndlessPeriodIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> clock.every(Duration.ZERO, () -> {}));
    }

    @Test
    void aTaskThatThrowsFailsTheAdvance() {
        clock.after(Duration.ZERO, () -> {
            throw new IllegalStateException("seen");
        });

        assertThrows(IllegalStateException.class, () -> clock.advance(Duration.ZERO));
    }
}
