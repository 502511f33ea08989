package io.kairos.api.link;

import io.kairos.api.packet.DestinationHash;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Opens destinations on this node and reaches those of others. Threads: any. */
@ProviderType
public interface Endpoints {

    /**
     * Opens a destination on this node.
     *
     * @throws io.kairos.api.failure.MeshException of kind {@code CONFIGURATION} for a bad name, a missing identity, or a
     *     destination that is open already
     */
    LocalDestination open(DestinationSettings settings);

    /** Destinations open on this node. */
    List<LocalDestination> destinations();

    /** Links that end on this node. */
    List<Link> links();

    /**
     * Sends a packet to a destination of another node, encrypted to its newest ratchet or its identity.
     *
     * @param data at most 383 bytes
     * @throws io.kairos.api.failure.MeshException of kind {@code PEER} when the destination has never been heard of: ask
     *     for its path first; of kind {@code CONFIGURATION} when the data is too long
     */
    PacketReceipt send(DestinationHash to, byte[] data);

    /** Sends a packet to everybody one hop away who has opened the PLAIN destination of this name; at most 464 bytes. */
    PacketReceipt sendPlain(String fullName, byte[] data);

    /**
     * Sends a packet to everybody one hop away who has the shared key.
     *
     * @param to hash of the GROUP destination
     * @param key shared key, 64 (or, legacy, 32) bytes
     */
    PacketReceipt sendGroup(DestinationHash to, byte[] key, byte[] data);

    /**
     * Opens a link. Asks for a path first where none is known.
     *
     * @return the established link, or exceptionally a {@link io.kairos.api.failure.MeshException} that says why not
     */
    CompletionStage<Link> connect(DestinationHash to);

    /**
     * Sends a probe packet and waits for its proof.
     *
     * @param size bytes of payload
     */
    CompletionStage<ProbeResult> probe(DestinationHash to, int size, Duration timeout);

    /**
     * How a probe went.
     *
     * @param answered whether a valid proof arrived in time
     * @param roundTrip time until the proof; {@link Duration#ZERO} where none came
     * @param hops hops of the path used
     */
    record ProbeResult(boolean answered, Duration roundTrip, int hops) {}
}
