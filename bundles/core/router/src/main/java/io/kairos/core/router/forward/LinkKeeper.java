package io.kairos.core.router.forward;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.path.PathBook;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.request.OwnRequests;

/**
 * Ends links of others that are not used any more and draws conclusions from those that never came up
 * (docs/protocol/transport.md, culling and re-discovery). Threads: belongs to the owner of the tables.
 */
public final class LinkKeeper {

    private static final long IDLE_MILLIS = 900_000;

    /** How long the interface of a link may be away, for example while its bundle is replaced. */
    private static final long AWAY_MILLIS = 60_000;

    private final boolean forwards;
    private final NodeTime time;
    private final Traffic traffic;
    private final PathBook paths;
    private final OwnRequests requests;

    /** @param forwards whether the node forwards for others; otherwise all links here are those of local programs */
    public LinkKeeper(boolean forwards, NodeTime time, Traffic traffic, PathBook paths, OwnRequests requests) {
        this.forwards = forwards;
        this.time = time;
        this.traffic = traffic;
        this.paths = paths;
        this.requests = requests;
    }

    public void cull() {
        long now = time.millis();
        traffic.links().forEach(link -> {
            if (isAway(link.from(), now) || isAway(link.towards(), now)) {
                traffic.links().remove(link);
            } else if (link.isValidated()) {
                if (now - link.used() > IDLE_MILLIS) {
                    traffic.links().remove(link);
                }
            } else if (now > link.proofDeadline() && traffic.links().remove(link)) {
                failed(link);
            }
        });
    }

    private static boolean isAway(Anchor anchor, long now) {
        return anchor.port() == null && (!anchor.isLasting() || now - anchor.absentSince() > AWAY_MILLIS);
    }

    /** The destination of a link did not answer: ask for a path again where the fault may be near. */
    private void failed(TransitLink link) {
        DestinationHash destination = link.destination();
        Path path = paths.usable(destination);
        if (path == null) {
            requests.rediscover(destination, null);
            return;
        }
        boolean ofProgram = link.takenHops() == 0;
        boolean near = ofProgram || path.inUse().hops() == 1 || link.takenHops() == 1;
        if (!near || requests.isThrottled(destination)) {
            return;
        }
        Port from = link.from().port();
        if (!forwards) {
            paths.drop(destination);
        } else if (!ofProgram && (from == null || from.mode() != InterfaceMode.BOUNDARY)) {
            paths.failed(destination);
        }
        requests.rediscover(destination, ofProgram ? null : from);
    }
}
