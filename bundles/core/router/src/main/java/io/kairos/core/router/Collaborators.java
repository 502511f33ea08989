package io.kairos.core.router;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.routing.AnnounceListener;
import io.kairos.api.routing.RoutingStrategy;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a router works with. Suites, strategies and listeners are asked for anew each time, because they come and go.
 * With executors that run on the calling thread and a clock that is set by hand a router is deterministic.
 *
 * @param clock what time it is
 * @param timers runs the periodic jobs
 * @param suite checks and makes signatures and access codes
 * @param strategy chooses paths
 * @param listeners are told of announces
 * @param store keeps the tables over restarts
 * @param identity of this node
 * @param tables runs the owner of the tables; tasks are run one at a time
 * @param workers checks signatures
 * @param verifiers how many signature checks may run on {@code workers} at the same time
 * @param storage runs what blocks on the disk
 * @param random for jitter and secrets of tables
 */
public record Collaborators(
        Clock clock,
        Timers timers,
        Supplier<Optional<CryptoSuite>> suite,
        Supplier<Optional<RoutingStrategy>> strategy,
        Supplier<List<AnnounceListener>> listeners,
        Store store,
        LocalIdentity identity,
        Executor tables,
        Executor workers,
        int verifiers,
        Executor storage,
        RandomGenerator random) {}
