package io.kairos.test.conformance;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on the threads of a node, always with a bound. */
final class Until {

    private static final long NAP_NANOS = 5_000_000;

    private Until() {}

    /** Waits until something holds; whether it did in time. */
    static boolean holds(Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(NAP_NANOS);
        }
        return true;
    }

    /** The value of a stage; its failure is thrown as it is. */
    static <T> T value(CompletionStage<T> stage, Duration bound) throws TimeoutException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
        }
    }
}
