package io.kairos.api.time.lasting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.time.TimeSource;
import io.kairos.api.time.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastingTimeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LastingTime time = new LastingTime();
    private final List<String> ran = new ArrayList<>();

    /** A source that stands still; what it was given runs when the test says so, also after the source has left. */
    private static final class Standing implements TimeSource {

        private final List<Runnable> given = new ArrayList<>();
        private final List<Duration> delays = new ArrayList<>();
        private long nanos;

        Standing(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public long wallMillis() {
            return 7;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            given.add(task);
            delays.add(delay);
            return () -> given.remove(task);
        }

        @Override
        public Timer every(Duration period, Runnable task) {
            throw new AssertionError("periods are kept by the lasting time");
        }

        void runAll() {
            List.copyOf(given).forEach(task -> {
                given.remove(task);
                task.run();
            });
        }
    }

    @Test
    void aTaskRunsOnceAndIsForgotten() {
        Standing source = new Standing(0);
        time.bindSource(source);
        time.after(SECOND, () -> ran.add("once"));

        source.runAll();
        source.runAll();

        assertEquals(List.of("once"), ran);
        assertEquals(0, time.waiting());
    }

    @Test
    void whatWaitsGoesOnWithTheNextSourceForTheRestOfItsTime() {
        Standing first = new Standing(0);
        time.bindSource(first);
        time.after(SECOND, () -> ran.add("once"));
        time.unbindSource(first);
        Standing next = new Standing(Duration.ofMillis(400).toNanos());
        time.bindSource(next);

        first.runAll(); // it was about to when it left
        assertEquals(List.of(), ran);
        assertEquals(List.of(Duration.ofMillis(600)), next.delays);
        next.runAll();
        assertEquals(List.of("once"), ran);
    }

    @Test
    void whatIsAskedForWithoutASourceWaitsForOne() {
        Timer cancelled = time.after(SECOND, () -> ran.add("cancelled"));
        time.after(Duration.ZERO, () -> ran.add("late"));
        cancelled.cancel();
        Standing source = new Standing(System.nanoTime());
        time.bindSource(source);

        source.runAll();

        assertEquals(List.of("late"), ran);
        assertEquals(0, time.waiting());
    }

    @Test
    void aPeriodGoesOnOverSourcesUntilItIsCancelled() {
        Standing first = new Standing(0);
        time.bindSource(first);
        Timer period = time.every(SECOND, () -> ran.add("tick"));
        first.runAll();
        first.runAll();
        Standing next = new Standing(Duration.ofMillis(250).toNanos());
        time.bindSource(next); // a greedy reference binds the new one first
        time.unbindSource(first);
        first.runAll();
        assertEquals(2, ran.size());
        next.runAll();
        assertEquals(3, ran.size());

        period.cancel();
        next.runAll();

        assertEquals(3, ran.size());
        assertEquals(0, time.waiting());
    }

    @Test
    void aPeriodThatCancelsItselfOrFailsIsRight() {
        Standing source = new Standing(0);
        time.bindSource(source);
        Timer[] self = new Timer[1];
        self[0] = time.every(SECOND, () -> self[0].cancel());
        time.every(SECOND, () -> {
            ran.add("failed");
            throw new IllegalStateException("as tasks may");
        });

        source.given.remove(0).run();
        Runnable failing = source.given.remove(0);
        assertThrows(IllegalStateException.class, failing::run); // the source logs it

        assertEquals(1, source.given.size(), "only the failing one goes on");
        assertEquals(1, time.waiting());
    }

    @Test
    void aNewSourceDoesNotStartATaskThatIsUnderWay() {
        Standing first = new Standing(0);
        Standing next = new Standing(0);
        time.bindSource(first);
        time.every(SECOND, () -> {
            ran.add("tick");
            time.bindSource(next);
            next.runAll();
        });

        first.runAll();

        assertEquals(List.of("tick"), ran);
        assertEquals(1, next.given.size());
    }

    @Test
    void theClockGoesOnWithoutASource() {
        long nanos = time.nanos();
        assertTrue(time.wallMillis() > 1_700_000_000_000L);
        Standing source = new Standing(nanos + 5);
        time.bindSource(source);
        assertEquals(7, time.wallMillis());
        assertEquals(nanos + 5, time.nanos());
        time.unbindSource(source);
        assertTrue(time.nanos() - nanos >= 0);
    }

    @Test
    void aPeriodMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> time.every(Duration.ZERO, () -> {}));
    }
}
