package io.kairos.test.kit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads do, up to a bound; a test that waits for a condition is neither slow nor lucky. */
public final class WaitFor {

    /** Far beyond what a loaded machine needs; only a test that fails anyway waits so long. */
    public static final Duration BOUND = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 1_000_000;

    private WaitFor() {}

    /**
     * Returns as soon as {@code condition} holds.
     *
     * @param what what is waited for, named in the failure
     * @throws AssertionError when it does not hold within {@link #BOUND}
     */
    public static void condition(String what, BooleanSupplier condition) {
        condition(what, BOUND, condition);
    }

    /** The same with a bound of its own. */
    public static void condition(String what, Duration bound, BooleanSupplier condition) {
        value(what, bound, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Returns what {@code source} gives as soon as it gives something. */
    public static <T> T value(String what, Supplier<Optional<T>> source) {
        return value(what, BOUND, source);
    }

    /** The same with a bound of its own. */
    public static <T> T value(String what, Duration bound, Supplier<Optional<T>> source) {
        long start = System.nanoTime();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - start > bound.toNanos()) {
                throw new AssertionError("waited %d ms in vain for: %s".formatted(bound.toMillis(), what));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting for: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
