package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.actor.Workers;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;

/** Endpoints with everything around them made by hand; runs on the thread that lets time pass. */
public final class TestNode {

    public final CryptoSuite suite = TestSuite.create();
    public final TestKnown known = new TestKnown();
    public final MemoryStore store;
    public final TestRouter router;
    public final RouterDoor door = new RouterDoor();
    public final EndpointsCore endpoints;
    public final LocalIdentity identity;
    public final Surroundings surroundings;

    public TestNode(ManualClock clock, int number, LinkBudget budget, Path folder) {
        this(clock, number, budget, folder, new MemoryStore());
    }

    public TestNode(ManualClock clock, int number, LinkBudget budget, Path folder, MemoryStore store) {
        this.store = store;
        router = new TestRouter(new TestHandle("line", budget), known);
        door.bind(router);
        identity = TestIdentity.numbered(suite, number);
        Executor later = task -> clock.after(Duration.ZERO, task);
        Random random = new Random(number);
        surroundings = new Surroundings(
                clock,
                clock,
                door,
                Slot.of(suite),
                Slot.of(known),
                Slot.of(store),
                new Workers(later, later),
                random::nextBytes,
                folder,
                LinkSettings.DEFAULT);
        endpoints = new EndpointsCore(surroundings);
    }
}
