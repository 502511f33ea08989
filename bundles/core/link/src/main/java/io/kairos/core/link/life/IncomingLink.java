package io.kairos.core.link.life;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.core.link.destination.OpenDestination;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The end of a link at the destination. Threads: as in {@link LiveLink}. */
public final class IncomingLink extends LiveLink {

    private static final Duration PER_HOP = Duration.ofSeconds(6);
    private static final Duration GRACE = Duration.ofSeconds(360);

    private final OpenDestination owner;
    private final LocalIdentity identity;
    private final byte[] proof;
    private long provedAt;

    private IncomingLink(
            LinkHost host,
            OpenDestination owner,
            LocalIdentity identity,
            InboundPacket request,
            Handshake.Accepted accepted) {
        super(
                host,
                accepted.linkId(),
                owner.address(),
                false,
                GRACE.plus(PER_HOP.multipliedBy(Math.max(1, request.hops()))));
        this.owner = owner;
        this.identity = identity;
        this.proof = accepted.proof();
        this.hops = request.hops();
        this.peerSigningKey = accepted.peerSigningKey();
        wire().agree(accepted.token(), request.receivedOn(), accepted.mtu());
    }

    /**
     * Derives keys and the proof for a request; slow. Nothing is sent before {@link #open}.
     *
     * @return empty for a request that must be ignored
     */
    public static Optional<IncomingLink> of(LinkHost host, OpenDestination owner, InboundPacket request) {
        LocalIdentity identity = owner.settings().identity().orElseThrow();
        CryptoSuite suite = host.surroundings().suite().get();
        boolean large = host.surroundings().settings().mtuDiscovery();
        int limit = large ? Handshake.mtuOf(request.receivedOn()) : PacketBytes.MTU;
        try {
            LinkRequestCodec.Body body = LinkRequestCodec.decode(request.data());
            return Handshake.accept(suite, identity, request.raw(), body, limit)
                    .map(accepted -> new IncomingLink(host, owner, identity, request, accepted));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** Starts receiving and answers the request. */
    public void open() {
        register();
        mailbox().run(() -> {
            provedAt = now();
            wire().send(proof);
        });
    }

    @Override
    public boolean isInitiator() {
        return false;
    }

    /** Whether the initiator has completed the handshake. */
    public boolean isHalfOpen() {
        return state() == State.HANDSHAKE;
    }

    @Override
    byte[] sign(byte[] message) {
        return identity.sign(message);
    }

    @Override
    LinkRole role() {
        return new LinkRole(
                owner.settings().proofs(), owner.requests(), owner.settings().maximumRequestBytes());
    }

    @Override
    public void onRequest(
            String path,
            LocalDestination.Access access,
            Set<IdentityHash> allowed,
            LocalDestination.RequestHandler handler) {
        throw new MeshException(
                Failure.Kind.CONFIGURATION,
                "Requests on a link that the other end opened are answered by its destination",
                "Register the handler with LocalDestination.onRequest.");
    }

    @Override
    void handshake(InboundPacket packet, byte[] plaintext) {
        if (packet.context() != PacketContext.LINK_RTT || state() != State.HANDSHAKE) {
            return;
        }
        try {
            if (!(MessagePack.unpack(plaintext) instanceof Number told)) {
                throw new MalformedException("a round-trip time is a number");
            }
            double measured = (now() - provedAt) / 1e9;
            hops = packet.hops();
            established(Math.max(measured, sane(told.doubleValue())));
            announce(() -> owner.linkHandler().accept(this));
        } catch (MalformedException e) {
            end(CloseReason.FAILED, true);
        }
    }

    /** Whatever the initiator tells, a round trip takes no more than the establishment may. */
    private static double sane(double seconds) {
        return Double.isNaN(seconds) ? 0 : Math.max(0, Math.min(seconds, GRACE.toSeconds()));
    }
}
