package io.kairos.api.routing;

import org.osgi.annotation.versioning.ConsumerType;

/** Is shown every proof (context 0) that was not addressed to a link; keeps the receipts of packets that were sent. */
@ConsumerType
public interface ProofReceiver {

    /** Called on the receiving thread of an interface; returns quickly. */
    void proofReceived(InboundPacket proof);
}
