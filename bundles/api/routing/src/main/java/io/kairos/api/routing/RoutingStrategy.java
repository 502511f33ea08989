package io.kairos.api.routing;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which of several paths is used. A pure function of what it is given: no state, no clock, no input or output.
 * The strategy that reproduces Reticulum is {@code bundles/routing/reticulum}; of several services the highest ranked is
 * used, and without any the core keeps the paths it has.
 *
 * <p>Threads: called by the one owner of the path table; must return within microseconds.
 */
@ConsumerType
public interface RoutingStrategy {

    /** Shown by {@code mesh:explain}, for example {@code reticulum}. */
    String name();

    /**
     * Whether a path that an announce has just offered becomes the one in use.
     *
     * @param inUse the path in use; empty where the destination has none
     * @param offered the path of the announce
     * @param repeated whether this very announce (its random blob) was heard for this destination before
     * @param nowMillis wall-clock time
     */
    Verdict judge(Optional<PathCandidate> inUse, PathCandidate offered, boolean repeated, long nowMillis);

    /**
     * Puts candidates in order, best first; asked when the path in use has gone and when an operator wants to know.
     *
     * @param candidates at least one; not changed
     */
    List<PathCandidate> rank(List<PathCandidate> candidates, long nowMillis);

    /**
     * A decision and why.
     *
     * @param use whether the offered path becomes the one in use
     * @param reason one clause for operators, for example {@code fewer hops and newer}
     */
    record Verdict(boolean use, String reason) {}
}
