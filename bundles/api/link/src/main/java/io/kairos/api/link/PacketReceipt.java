package io.kairos.api.link;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The sender's record of one packet. */
@ProviderType
public interface PacketReceipt {

    Status status();

    /** Completes with the final status: {@code DELIVERED}, {@code FAILED} or {@code CULLED}. */
    CompletionStage<Status> outcome();

    /** Time until the proof; {@link Duration#ZERO} while there is none. */
    Duration roundTrip();

    /** How long after it was sent a packet without proof has failed. */
    Duration timeout();

    /**
     * Changes how long to wait for the proof; looked at once a second.
     *
     * @param timeout counted from when the packet was sent; a negative one gives the packet up as {@link Status#CULLED}
     */
    void timeout(Duration timeout);

    /** Packet hash, 32 bytes, a copy. */
    byte[] packetHash();

    /** How far a packet has come. */
    enum Status {
        FAILED,
        SENT,
        DELIVERED,
        /** Forgotten: too many were outstanding, or nobody waits for its proof any more. */
        CULLED
    }
}
