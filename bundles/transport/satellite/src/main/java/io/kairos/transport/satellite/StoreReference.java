package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The store that is there at the moment, if there is one. Threads: any. */
final class StoreReference {

    private static final Duration STARTING = Duration.ofSeconds(3);

    // ---- guarded by this ----
    private Store store;
    private boolean closed;

    synchronized void set(Store present) {
        store = present;
        notifyAll();
    }

    synchronized void clear(Store gone) {
        store = store == gone ? null : store;
    }

    /** Whoever waits goes on without. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Optional<Store> get() {
        return Optional.ofNullable(store);
    }

    /**
     * Waits a moment: a node that starts gives its services one after the other.
     *
     * @throws MeshException where it does not come; nobody spends without an account
     */
    synchronized void await(Clock clock) throws InterruptedException {
        long since = clock.nanos();
        while (store == null) {
            long left = STARTING.minusNanos(clock.nanos() - since).toMillis();
            if (closed || left <= 0) {
                throw new MeshException(
                        Failure.Kind.STORAGE,
                        "The node's store is not there, so nobody can tell what may still be spent",
                        "If it is being updated, wait a moment; otherwise install it: feature:install kairos");
            }
            wait(left);
        }
    }
}
