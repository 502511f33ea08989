package io.kairos.core.router.forward;

import io.kairos.core.router.ports.Arrival;

/** Takes what is not forwarded at once; copies what it keeps and returns quickly. */
public interface SlowPath {

    void announce(Arrival packet);

    void pathRequest(Arrival packet);

    void tunnelRequest(Arrival packet);

    /** A link request proof for a link of others, whose signature has to be checked before it may pass. */
    void linkProof(Arrival packet, TransitLink link);
}
