package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.core.link.actor.Workers;
import java.nio.file.Path;

/**
 * What the endpoints get from the node.
 *
 * @param clock what time it is
 * @param timers runs things later
 * @param router the router, now or later
 * @param suite the compatible crypto suite, now or later
 * @param known whom the node has heard of
 * @param store durable state of destinations
 * @param workers threads that may block
 * @param random random bytes
 * @param spool folder for what is being received; exists, is ours alone and is emptied by its owner
 * @param settings what the operator has chosen
 */
public record Surroundings(
        Clock clock,
        Timers timers,
        RouterDoor router,
        Slot<CryptoSuite> suite,
        Slot<KnownDestinations> known,
        Slot<Store> store,
        Workers workers,
        RandomSource random,
        Path spool,
        LinkSettings settings) {

    /** Seconds since 1970 as requests carry them. */
    public double wallSeconds() {
        return clock.wallMillis() / 1000.0;
    }
}
