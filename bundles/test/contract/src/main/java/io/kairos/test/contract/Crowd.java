package io.kairos.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;

/** Several threads that do the same thing at once. */
final class Crowd {

    private Crowd() {}

    /** Runs {@code task} {@code times} on each of {@code threads}; the first failure of any of them fails the test. */
    static void run(int threads, int times, Runnable task) {
        AtomicReference<Throwable> first = new AtomicReference<>();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                try {
                    for (int n = 0; n < times; n++) {
                        task.run();
                    }
                } catch (Throwable failed) { // also a failed assertion
                    first.compareAndSet(null, failed);
                }
            });
            crowd.add(thread);
            thread.start();
        }
        for (Thread thread : crowd) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (first.get() != null) {
            Assertions.fail("one of several threads failed", first.get());
        }
    }
}
