package io.kairos.api.link;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.annotation.versioning.ProviderType;

/** A destination of this node. Open until closed. Handlers replace earlier ones. */
@ProviderType
public interface LocalDestination extends AutoCloseable {

    DestinationHash address();

    DestinationSettings settings();

    /** Announces it on all interfaces, with these application data or the default ones. */
    void announce(Optional<byte[]> appData);

    /** Application data for announces that bring none, also for path responses. */
    void defaultAppData(Supplier<Optional<byte[]>> appData);

    /** Is given each packet that was decrypted. */
    void onPacket(PacketHandler handler);

    /** Changes which packets are proved from now on, also on links that are open. */
    void proofs(DestinationSettings.ProofStrategy strategy);

    /** Is given each link when it is established. */
    void onLink(Consumer<Link> handler);

    /**
     * Answers requests for a path.
     *
     * @param path for example {@code /status}
     * @param access who may ask
     * @param allowed identities for {@link Access#LISTED}
     */
    void onRequest(String path, Access access, Set<IdentityHash> allowed, RequestHandler handler);

    /** Stops answering requests for a path. */
    void removeRequestHandler(String path);

    /** Packets received and decrypted since it was opened. */
    long receivedPackets();

    /** Closes it and its links. */
    @Override
    void close();

    /** Who may ask. */
    enum Access {
        NOBODY,
        EVERYBODY,
        LISTED
    }

    /** Takes packets. */
    @FunctionalInterface
    interface PacketHandler {

        /**
         * A packet was decrypted.
         *
         * @return whether to prove it; only asked under {@link DestinationSettings.ProofStrategy#APPLICATION}
         */
        boolean received(byte[] data, Reception reception);
    }

    /**
     * How a packet came.
     *
     * @param hops hops it has taken
     * @param interfaceName over which interface
     * @param ratcheted whether it was encrypted to a ratchet
     */
    record Reception(int hops, String interfaceName, boolean ratcheted) {}

    /** Answers requests. */
    @FunctionalInterface
    interface RequestHandler {

        /**
         * A request arrived.
         *
         * @return a MessagePack value; {@code null} for no answer. A {@link ResourceData} or {@link FileResponse} is
         *     sent as a file response
         */
        Object answer(IncomingRequest request);
    }

    /** A request. */
    interface IncomingRequest {
        String path();

        /** What was sent along, a MessagePack value. */
        Object data();

        /** Who asks, where the link has identified itself. */
        Optional<IdentityHash> remoteIdentity();

        /** When it was asked, by the asker's clock, seconds since 1970. */
        double requestedAt();

        Link link();
    }
}
