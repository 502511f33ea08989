package io.kairos.api.transport;

import java.time.Duration;

/**
 * When an interface gets too many announces or path requests, and what happens then (docs/protocol/transport.md, ingress
 * limiting). Rates are per second; a rate above its limit begins a burst.
 *
 * @param held most announces that wait for the end of a burst; 0: none waits, all are dropped
 * @param hold how long a burst lasts at least
 * @param newAnnounces announces on an interface that is new
 * @param announces announces on an interface that is no longer new
 * @param newRequests path requests on an interface that is new
 * @param requests path requests on an interface that is no longer new
 * @param newFor how long an interface counts as new
 * @param penalty pause between the begin of a burst and the first held announce that is let go
 * @param release pause between two held announces that are let go
 * @param egressRequests path requests that are passed on to the interface, where egress control is on
 */
public record BurstLimits(
        int held,
        Duration hold,
        double newAnnounces,
        double announces,
        double newRequests,
        double requests,
        Duration newFor,
        Duration penalty,
        Duration release,
        double egressRequests) {

    /** What an interface has when its operator says nothing. */
    public static final BurstLimits DEFAULT = new BurstLimits(
            256,
            Duration.ofSeconds(15),
            3,
            10,
            3,
            8,
            Duration.ofHours(2),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            5);
}
