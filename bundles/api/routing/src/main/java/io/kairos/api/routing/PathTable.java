package io.kairos.api.routing;

import io.kairos.api.packet.DestinationHash;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The paths this node knows, for displays. Threads: any; a snapshot, never blocks the router. */
@ProviderType
public interface PathTable {

    /** All paths in use, in no order. */
    List<PathView> all();

    Optional<PathView> find(DestinationHash destination);

    int size();

    /** Which path is used and which others there are; empty where none is known. */
    Optional<Explanation> explain(DestinationHash destination);

    /** Announce rates by destination. */
    List<RateView> rates();

    /** Forgets a path; false where there was none. */
    boolean drop(DestinationHash destination);

    /** Forgets all paths over a next node; tells how many. */
    int dropVia(DestinationHash nextHop);

    /** Removes all announces that wait to be repeated; tells how many. */
    int dropQueuedAnnounces();

    /**
     * A path in use.
     *
     * @param destination whereto
     * @param path the way and its evidence
     */
    record PathView(DestinationHash destination, PathCandidate path) {}

    /**
     * Why a path is used.
     *
     * @param destination whereto
     * @param strategy name of the strategy that decided
     * @param reason what the strategy said
     * @param inUse the path in use
     * @param others further candidates, best first
     */
    record Explanation(
            DestinationHash destination,
            String strategy,
            String reason,
            PathCandidate inUse,
            List<PathCandidate> others) {}

    /**
     * How often a destination announces.
     *
     * @param destination which
     * @param lastMillis wall-clock time of the last counted announce
     * @param violations how often it was too early
     * @param blockedUntilMillis wall-clock time until which its announces are not repeated; 0 for not blocked
     * @param timestampsMillis wall-clock times of the newest announces, oldest first
     */
    record RateView(
            DestinationHash destination,
            long lastMillis,
            int violations,
            long blockedUntilMillis,
            List<Long> timestampsMillis) {}
}
