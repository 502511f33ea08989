package io.kairos.api.link;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** An encrypted, forward-secret association with one destination. Handlers replace earlier ones. Threads: any. */
@ProviderType
public interface Link extends AutoCloseable {

    /** Its link id. */
    DestinationHash id();

    /** The destination it was opened to. */
    DestinationHash destination();

    State state();

    boolean isInitiator();

    Duration roundTrip();

    /** Largest packet in bytes. */
    int mtu();

    /** Largest payload of one packet in bytes. */
    int payloadBytes();

    /** Hops to the other end. */
    int hops();

    /** Over which interface it runs. */
    String interfaceName();

    /** How long ago it was established. */
    Duration age();

    /** How long ago the last packet arrived. */
    Duration silence();

    /** Payload bytes received and sent. */
    Traffic traffic();

    /** Whether to keep how well packets of this link are heard; at first it is not kept. */
    void trackSignal(boolean wanted);

    /** How well the last packet was heard; empty where that is not tracked and where the medium does not know. */
    Optional<Signal> signal();

    /** Who is at the other end: the destination's identity for the initiator, otherwise who identified itself. */
    Optional<PublicIdentity> remoteIdentity();

    /** Sends a packet of at most {@link #payloadBytes()} bytes. */
    PacketReceipt send(byte[] data);

    /** Tells the other end who we are; only the initiator may. */
    void identify(LocalIdentity identity);

    /**
     * Asks something.
     *
     * @param data a MessagePack value
     * @param timeout {@link Duration#ZERO} means by round-trip time
     */
    PendingRequest request(String path, Object data, Duration timeout);

    /**
     * Answers requests that the other end sends on this link. Only for links that were opened here: on others the
     * destination answers.
     *
     * @param path for example {@code /status}
     * @param access who may ask; the other end is known by the identity of its destination
     * @param allowed identities for {@link LocalDestination.Access#LISTED}
     * @throws io.kairos.api.failure.MeshException of kind {@code CONFIGURATION} for a link that the other end opened
     */
    void onRequest(
            String path,
            LocalDestination.Access access,
            Set<IdentityHash> allowed,
            LocalDestination.RequestHandler handler);

    /** Offers a resource; the transfer tells how it goes. */
    ResourceTransfer send(ResourceData data, ResourceOptions options);

    /** The channel of this end, opened at the first call. */
    Channel channel();

    /** Is given each packet that was decrypted. */
    void onPacket(Consumer<byte[]> handler);

    /**
     * Says which decrypted packets are proved where the destination leaves it to the program, that is under
     * {@link DestinationSettings.ProofStrategy#APPLICATION}; without it none are.
     */
    void proveWhere(Predicate<byte[]> wanted);

    /** Is told when the other end has identified itself. */
    void onIdentified(Consumer<PublicIdentity> handler);

    /** Is told once when the link has closed, at once where it has already. */
    void onClosed(Consumer<CloseReason> handler);

    /** Decides about offered resources; without a handler all are refused silently. */
    void acceptResources(Function<ResourceOffer, Decision> strategy);

    /** Is given each resource that is being received, when it starts. */
    void onResource(Consumer<ResourceTransfer> handler);

    /** Completes when the link is closed. */
    CompletionStage<CloseReason> closed();

    @Override
    void close();

    /** Where a link is in its life. */
    enum State {
        PENDING,
        HANDSHAKE,
        ACTIVE,
        STALE,
        CLOSED
    }

    /** Why a link has closed. */
    enum CloseReason {
        TIMEOUT,
        INITIATOR_CLOSED,
        DESTINATION_CLOSED,
        /** Something broke on this side. */
        FAILED
    }

    /** What to do with an offered resource. */
    enum Decision {
        /** Say nothing. */
        IGNORE,
        REJECT,
        ACCEPT
    }

    /**
     * A resource that is offered.
     *
     * @param size bytes of data over all segments, uncompressed, including metadata
     * @param transferBytes bytes of the first segment on the wire
     * @param compressed whether it is compressed
     * @param hasMetadata whether metadata comes with it
     */
    record ResourceOffer(long size, long transferBytes, boolean compressed, boolean hasMetadata) {}

    /**
     * What a link has carried.
     *
     * @param receivedBytes payload bytes
     * @param sentBytes payload bytes
     */
    record Traffic(long receivedBytes, long sentBytes) {}
}
