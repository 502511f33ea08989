package io.kairos.core.link.life;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Link;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.PacketRouter;
import io.kairos.api.routing.PacketRouter.NextHop;
import io.kairos.core.link.destination.RequestHandlers;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The end of a link that opened it. Threads: as in {@link LiveLink}. */
public final class OutgoingLink extends LiveLink {

    private static final Duration PER_HOP = Duration.ofSeconds(6);
    private static final int UNKNOWN_HOPS = 128;
    private static final int PROOFS_AT_ONCE = 8;

    private final PublicIdentity identity;
    private final Handshake.Request request;
    private final long requestedAt;
    private final boolean hopsKnown;
    private final RequestHandlers requests = new RequestHandlers();
    private final AtomicInteger checking = new AtomicInteger();
    private final CompletableFuture<Link> established = new CompletableFuture<>();

    private OutgoingLink(
            LinkHost host,
            DestinationHash destination,
            PublicIdentity identity,
            Handshake.Request request,
            Optional<NextHop> path,
            Duration patience) {
        super(host, request.linkId(), destination, true, patience);
        this.identity = identity;
        this.request = request;
        this.requestedAt = now();
        this.hopsKnown = path.isPresent();
        this.hops = path.map(NextHop::hops).orElse(UNKNOWN_HOPS);
        this.remoteIdentity = identity;
        this.peerSigningKey = identity.signingKey();
    }

    /** Prepares a link; nothing is sent before {@link #open}. */
    public static OutgoingLink to(LinkHost host, DestinationHash destination, PublicIdentity identity) {
        Optional<NextHop> path = host.surroundings().router().nextHop(destination);
        boolean large = host.surroundings().settings().mtuDiscovery();
        int mtu =
                path.filter(hop -> large).map(hop -> Handshake.mtuOf(hop.via())).orElse(PacketBytes.MTU);
        Handshake.Request request =
                Handshake.request(host.surroundings().suite().get(), destination, mtu);
        int hops = Math.max(1, path.map(NextHop::hops).orElse(UNKNOWN_HOPS));
        Duration patience =
                host.surroundings().router().firstHopTimeout(destination).plus(PER_HOP.multipliedBy(hops));
        return new OutgoingLink(host, destination, identity, request, path, patience);
    }

    /** Sends the request; the stage gets the link when it is up. */
    public CompletionStage<Link> open() {
        register();
        if (surroundings().router().send(request.packet(), null) == 0) {
            mailbox().run(() -> end(CloseReason.FAILED));
        }
        return established;
    }

    @Override
    public boolean isInitiator() {
        return true;
    }

    @Override
    byte[] sign(byte[] message) {
        return surroundings().suite().get().signer().sign(request.signingKey(), message);
    }

    @Override
    LinkRole role() {
        return new LinkRole(ProofStrategy.NONE, requests, 0);
    }

    @Override
    public void onRequest(
            String path,
            LocalDestination.Access access,
            Set<IdentityHash> allowed,
            LocalDestination.RequestHandler handler) {
        requests.put(path, access, allowed, handler);
    }

    /** A proof is checked on a worker; until one is valid nothing changes, so a wrong one cannot do harm. */
    @Override
    void handshake(InboundPacket packet, byte[] plaintext) {
        if (packet.context() != PacketContext.LINK_REQUEST_PROOF
                || state() != State.PENDING
                || checking.get() >= PROOFS_AT_ONCE) {
            return;
        }
        try {
            LinkProofCodec.Body body = LinkProofCodec.decode(packet.data());
            checking.incrementAndGet();
            surroundings().workers().jobs().execute(() -> check(packet, body));
        } catch (MalformedException | RejectedExecutionException e) {
            return; // as if it had been lost on the way
        }
    }

    private void check(InboundPacket packet, LinkProofCodec.Body body) {
        try {
            CryptoSuite suite = surroundings().suite().get();
            Handshake.check(suite, request, identity, body)
                    .ifPresent(proved -> mailbox().run(() -> proved(packet, proved)));
        } finally {
            checking.decrementAndGet();
        }
    }

    private void proved(InboundPacket packet, Handshake.Proved proved) {
        if (state() != State.PENDING) {
            return;
        }
        request.forgetEncryptionKey();
        InterfaceHandle on = packet.receivedOn();
        wire().agree(proved.token(), on, proved.mtu());
        double seconds = Math.max(1e-6, (now() - requestedAt) / 1e9);
        Optional<PacketRouter> router = surroundings().router().find();
        if (hops != packet.hops()) {
            hops = packet.hops();
            if (hopsKnown) {
                router.ifPresent(present -> present.correctHops(destination(), hops));
            }
        }
        established(seconds);
        router.ifPresent(present -> present.markResponsive(destination(), roundTrip()));
        wire().send(PacketContext.LINK_RTT, MessagePack.pack(seconds));
        announce(() -> established.complete(this));
    }

    @Override
    void afterEnd(CloseReason reason) {
        callbacks()
                .execute(() -> established.completeExceptionally(new MeshException(
                        Failure.Kind.PEER,
                        reason == CloseReason.FAILED
                                ? "The link request could not be sent"
                                : "The destination did not answer the link request",
                        "Check that it is running and that a path to it is known, then try again.")));
    }
}
