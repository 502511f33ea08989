package io.kairos.admin.shell;

import io.kairos.api.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something with a bound; the operator can interrupt it. */
public final class Patience {

    private static final Duration STEP = Duration.ofMillis(100);

    private final Clock clock;
    private final Pause pause;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {
        void rest(Duration time) throws InterruptedException;
    }

    public Patience(Clock clock) {
        this(clock, Patience::rest);
    }

    public Patience(Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits until the condition holds, at most for {@code bound}; tells whether it does. */
    public boolean until(BooleanSupplier condition, Duration bound) throws InterruptedException {
        long start = clock.nanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() - start >= bound.toNanos()) {
                return false;
            }
            pause.rest(STEP);
        }
        return true;
    }

    /** Lets time pass. */
    public void rest(long millis) throws InterruptedException {
        pause.rest(Duration.ofMillis(millis));
    }

    private static void rest(Duration time) throws InterruptedException {
        // nobody counts it down: an interruptible pause
        new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
