package io.kairos.core.link.life;

import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.core.link.destination.RequestHandlers;
import java.util.Optional;

/**
 * What a side of a link takes from its destination.
 *
 * @param proofs which packets are proved
 * @param handlers who answers requests; empty for the side that opened the link
 * @param maximumRequestBytes largest request; 0 means no limit
 */
record LinkRole(ProofStrategy proofs, Optional<RequestHandlers> handlers, int maximumRequestBytes) {

    /** The side that opened the link. */
    static final LinkRole INITIATOR = new LinkRole(ProofStrategy.NONE, Optional.empty(), 0);
}
