package io.kairos.core.link.life;

import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.core.link.destination.RequestHandlers;

/**
 * What a side of a link takes from its destination.
 *
 * @param proofs which packets are proved
 * @param handlers who answers requests
 * @param maximumRequestBytes largest request; 0 means no limit
 */
record LinkRole(ProofStrategy proofs, RequestHandlers handlers, int maximumRequestBytes) {}
