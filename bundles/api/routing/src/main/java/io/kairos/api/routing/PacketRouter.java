package io.kairos.api.routing;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The router as destinations and links see it.
 *
 * <p>Threads: any thread, never blocks.
 */
@ProviderType
public interface PacketRouter {

    /** Address by which other nodes route through this one. */
    DestinationHash transportId();

    /** Whether the node forwards for others. */
    boolean forwards();

    /**
     * Delivers packets for an address of this node to {@code receiver} until the registration is closed. Registering a
     * destination whose path was known to lead elsewhere is allowed; local delivery wins.
     *
     * @param address destination hash, or link id for type {@code LINK}
     * @throws IllegalStateException when the address is registered already
     */
    Registration register(DestinationHash address, DestinationType type, LocalReceiver receiver);

    /** Shows proofs to {@code receiver} until the registration is closed. */
    Registration registerProofs(ProofReceiver receiver);

    /**
     * Sends a packet that originates here, as docs/protocol/packet.md "Sending" says: along the path where one is known
     * (the transport header is inserted by the router), otherwise on all interfaces.
     *
     * @param packet a complete HEADER_1 packet with hops 0; not changed, not kept
     * @param length bytes of {@code packet} that count
     * @param only the one interface to use; {@code null} leaves it to the router. Link packets always name it
     * @param more whether more packets follow at once; then {@link #flush} ends the burst
     * @return on how many interfaces it left; 0 means that nobody got it
     */
    int send(byte[] packet, int length, InterfaceHandle only, boolean more);

    /** The same for a single packet. */
    default int send(byte[] packet) {
        return send(packet, packet.length, null, false);
    }

    /** Ends a burst on an interface. */
    void flush(InterfaceHandle on);

    /** The path in use. */
    Optional<NextHop> nextHop(DestinationHash destination);

    /**
     * The interface of a name, for who knew it from the router that was here before an update.
     *
     * @return empty where there is none of that name now
     */
    default Optional<InterfaceHandle> interfaceNamed(String name) {
        return Optional.empty();
    }

    /** Asks the network for a path; the stage gets true when one is known and false after {@code timeout}. */
    CompletionStage<Boolean> requestPath(DestinationHash destination, Duration timeout);

    /** Asks for a path again after a failure, at most once in 20 s for one destination; others are dropped. */
    void rediscover(DestinationHash destination);

    /** Forgets a path. */
    void expirePath(DestinationHash destination);

    /** The path did not answer: the same announce may be accepted over a longer way. */
    void markUnresponsive(DestinationHash destination);

    /** The path answered within {@code roundTrip}; evidence for routing strategies. */
    void markResponsive(DestinationHash destination, Duration roundTrip);

    /** A verified link proof told the real number of hops (re-balancing, docs/protocol/link.md). */
    void correctHops(DestinationHash destination, int hops);

    /** How long the first hop may take: time to send 500 bytes on the next interface plus 6 s; 6 s where unknown. */
    Duration firstHopTimeout(DestinationHash destination);

    /**
     * The next hop of a path.
     *
     * @param hops hops to the destination; 0 where it lives on a local client
     * @param via over which interface
     */
    record NextHop(int hops, InterfaceHandle via) {}

    /** Ends with {@link #close()}; closing twice does nothing. */
    @ProviderType
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
