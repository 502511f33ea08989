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

    /** Packet hash, 32 bytes, a copy. */
    byte[] packetHash();

    /** How far a packet has come. */
    enum Status {
        FAILED,
        SENT,
        DELIVERED,
        /** Forgotten because too many were outstanding. */
        CULLED
    }
}
