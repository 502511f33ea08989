package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.medium.paid.MonthlyBudget;
import io.kairos.lib.medium.paid.Outbox;
import io.kairos.lib.medium.paid.Standing;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What a line may still spend, and what a packet costs because of it. Threads: any; {@link #open} comes first. */
final class Account implements AutoCloseable {

    private final Terms terms;
    private final StoreReference store;
    private final Clock clock;

    private volatile LinkBudget cost;

    /** {@code null} until it was opened. */
    private volatile MonthlyBudget budget;

    Account(Terms terms, StoreReference store, Clock clock) {
        this.terms = terms;
        this.store = store;
        this.clock = clock;
        this.cost = terms.costs().usual();
    }

    /**
     * Reads it from the store. May block.
     *
     * @throws MeshException where there is no store and spending has a limit
     */
    void open() throws InterruptedException {
        if (terms.perMonth() > 0) {
            store.await(clock);
        }
        budget = MonthlyBudget.load(
                terms.name(), new StoreBook(store, terms.name()), terms.perMonth(), clock.wallMillis());
        refresh();
    }

    Terms terms() {
        return terms;
    }

    /** Whether it has been read. */
    boolean isOpen() {
        return budget != null;
    }

    /** What routing should expect. */
    LinkBudget cost() {
        return cost;
    }

    /** How it stands; empty where nothing costs anything, or it was never opened. */
    Optional<Standing> standing() {
        MonthlyBudget open = budget;
        return open == null || open.isFree() ? Optional.empty() : Optional.of(open.standing(clock.wallMillis()));
    }

    /** Why nothing can be sent now: no window, or less than {@code least} units. */
    Optional<MeshException> obstacle(long least) {
        return terms.costs().obstacle(budget, least, clock.wallMillis());
    }

    /**
     * Throws where nothing can be sent now.
     *
     * @param again told when a window opens
     */
    void require(long least, Consumer<Duration> again) {
        obstacle(least).ifPresent(why -> {
            if (why.kind() == Failure.Kind.NETWORK) {
                again.accept(untilChange());
            }
            throw why;
        });
    }

    /** How long the window stays open or closed. */
    Duration untilChange() {
        return terms.costs().windows().untilChange(clock.wallMillis());
    }

    /** Whether a packet is worth its units. */
    boolean isWorth(Outbox.Waiting waiting, long units) {
        long now = clock.wallMillis();
        return terms.reserve().allows(waiting.urgency(), budget.remainingShare(now)) && units <= budget.remaining(now);
    }

    /** Takes units; true where {@link #cost} is another one now. Does not touch the disk. */
    boolean spend(long units) {
        budget.spend(units, clock.wallMillis());
        return refresh();
    }

    /** Writes down what was spent, and some more. May block; one after the other, so that the last word is the newest. */
    synchronized void keep() {
        budget.keep();
    }

    private boolean refresh() {
        LinkBudget now = terms.costs().now(budget, clock.wallMillis());
        boolean differs = !now.equals(cost);
        cost = now;
        return differs;
    }

    /** Writes down what was really spent. May block; it may be read afterwards. */
    @Override
    public synchronized void close() {
        MonthlyBudget open = budget;
        if (open != null) {
            open.close();
        }
    }
}
