package io.kairos.transport.satellite;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.LineInterface;
import io.kairos.lib.medium.LineSettings;
import io.kairos.lib.medium.RetryPace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** What both kinds share: an account in the store, a cost that grows, and attempts when a window opens. */
abstract class PaidInterface<S extends LineSettings> extends LineInterface<S> implements HealthCheck {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Timers timers;
    private final StoreReference store = new StoreReference();
    private final Spending spending = new Spending();
    private final AtomicReference<Timers.Timer> opening = new AtomicReference<>();

    PaidInterface(String kind, Clock clock, Timers timers, Logger log) {
        super(kind, clock, timers, log);
        this.clock = clock;
        this.timers = timers;
    }

    @Override
    protected RetryPace pace(S of) {
        return new RetryPace(FIRST_PAUSE, LONGEST_PAUSE);
    }

    /** The account of a new line. */
    final Account newAccount(Terms terms) {
        return spending.begin(new Account(terms, store, clock));
    }

    final void setStore(Store present) {
        store.set(present);
        tryNow();
    }

    final void clearStore(Store gone) {
        store.clear(gone);
    }

    /** Tries again when a window opens. */
    final void tryAfter(Duration pause) {
        replace(timers.after(pause.plusMillis(1), this::tryNow));
    }

    private void replace(Timers.Timer next) {
        Timers.Timer last = opening.getAndSet(next);
        if (last != null) {
            last.cancel();
        }
    }

    @Override
    public final LinkBudget budget() {
        return spending.cost().orElseGet(() -> settings().budget());
    }

    @Override
    public final List<Reading> readings() {
        return spending.readings();
    }

    @Override
    public final String subject() {
        return Spending.SUBJECT;
    }

    @Override
    public final List<Finding> examine() {
        return spending.examine();
    }

    @Override
    public void close() {
        store.close();
        super.close();
        replace(null);
    }
}
