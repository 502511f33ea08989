package io.kairos.test.contract;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Waits for conditions with a bound. */
final class Await {

    private Await() {}

    /** Fails with {@code what} unless {@code condition} holds before {@code patience} is over. */
    static void until(String what, Duration patience, BooleanSupplier condition) {
        if (!holdsWithin(patience, condition)) {
            Assertions.fail("not within " + patience.toMillis() + " ms: " + what);
        }
    }

    static boolean holdsWithin(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        return true;
    }
}
