package io.kairos.core.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.time.Timers.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SystemClockTest {

    private final SystemClock clock = new SystemClock();

    @AfterEach
    void stop() {
        clock.close();
    }

    @Test
    void wallTimeIsThatOfTheMachine() {
        long difference = Math.abs(Duration.between(Instant.now(), clock.now()).toMillis());

        assertTrue(difference < 5_000, "differs by " + difference + " ms");
    }

    @Test
    void monotonicTimeNeverGoesBack() {
        long last = clock.nanos();
        for (int i = 0; i < 10_000; i++) {
            long now = clock.nanos();
            assertTrue(now - last >= 0);
            last = now;
        }
    }

    @Test
    void aTaskRunsOnceAndNotBeforeItsDelay() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        AtomicReference<String> thread = new AtomicReference<>();
        long start = clock.nanos();

        clock.after(Duration.ofMillis(20), () -> {
            thread.set(Thread.currentThread().getName());
            ran.countDown();
        });

        assertTrue(ran.await(10, TimeUnit.SECONDS));
        assertTrue(clock.nanos() - start >= 20_000_000);
        assertTrue(thread.get().startsWith("kairos-clock-"), thread.get());
    }

    @Test
    void aNegativeDelayMeansAsSoonAsPossible() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);

        clock.after(Duration.ofSeconds(Long.MIN_VALUE), ran::countDown);

        assertTrue(ran.await(10, TimeUnit.SECONDS));
    }

    @Test
    void aDelayBeyondTheRangeOfTheMachineMeansNever() throws Exception {
        CountDownLatch soon = new CountDownLatch(1);
        AtomicInteger never = new AtomicInteger();

        clock.after(Duration.ofSeconds(Long.MAX_VALUE), never::incrementAndGet);
        clock.after(Duration.ofMillis(5), soon::countDown);

        assertTrue(soon.await(10, TimeUnit.SECONDS));
        assertEquals(0, never.get());
    }

    @Test
    void aPeriodicTaskSurvivesItsOwnFailuresEvenErrors() throws Exception {
        CountDownLatch three = new CountDownLatch(3);

        clock.every(Duration.ofMillis(2), () -> {
            three.countDown();
            throw new NoClassDefFoundError("gone with its bundle");
        });

        assertTrue(three.await(10, TimeUnit.SECONDS));
    }

    @Test
    void aPeriodMustBePositive() {
        assertThrows(IllegalArgumentException.class, () -> clock.every(Duration.ZERO, () -> {}));
    }

    @Test
    void aBlockedTaskDoesNotStopTheOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(1);
        clock.after(Duration.ZERO, () -> awaitQuietly(release));

        clock.after(Duration.ofMillis(1), ran::countDown);

        assertTrue(ran.await(10, TimeUnit.SECONDS));
        release.countDown();
    }

    @Test
    void aCancelledTaskDoesNotRunAndIsForgottenAtOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch later = new CountDownLatch(1);

        Timer timer = clock.after(Duration.ofMillis(50), runs::incrementAndGet);
        timer.cancel();
        timer.cancel();

        assertEquals(0, clock.waiting());
        clock.after(Duration.ofMillis(100), later::countDown);
        assertTrue(later.await(10, TimeUnit.SECONDS));
        assertEquals(0, runs.get());
    }

    @Test
    void closeEndsItsThreadsWithinASecondAlsoWhileATaskBlocks() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        clock.after(Duration.ZERO, () -> {
            thread.set(Thread.currentThread());
            started.countDown();
            awaitQuietly(new CountDownLatch(1));
        });
        assertTrue(started.await(10, TimeUnit.SECONDS));
        long start = System.nanoTime();

        clock.close();

        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        thread.get().join(5_000);
        assertFalse(thread.get().isAlive());
    }

    @Test
    void afterCloseTasksAreAcceptedAndNeverRun() {
        AtomicInteger runs = new AtomicInteger();
        clock.close();

        Timer timer = clock.after(Duration.ZERO, runs::incrementAndGet);
        timer.cancel();
        clock.every(Duration.ofMillis(1), runs::incrementAndGet);

        assertEquals(0, clock.waiting());
        assertEquals(0, runs.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
