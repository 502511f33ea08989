package io.kairos.core.router;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.core.router.announce.AnnounceCheck;
import io.kairos.core.router.announce.AnnounceDesk;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.forward.SlowPath;
import io.kairos.core.router.forward.TransitLink;
import io.kairos.core.router.forward.TransitProofs;
import io.kairos.core.router.ports.Arrival;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.request.PathRequests;
import io.kairos.core.router.tunnel.Tunnels;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;
import io.kairos.lib.wire.TunnelCodec;
import io.kairos.lib.wire.TunnelRequest;
import java.util.Optional;

/** Takes what needs a signature check or the owner of the tables from the receiving threads. Threads: any. */
final class SlowLane implements SlowPath {

    private static final int MOST_WAITING = 65_536;

    private final SerialExecutor tables;
    private final Verifiers verifiers;
    private final AnnounceCheck check;
    private final AnnounceDesk announces;
    private final PathRequests requests;
    private final Tunnels tunnels;
    private final TransitProofs proofs;
    private final SignatureCheck signatures;
    private final Refusals refusals;

    SlowLane(
            SerialExecutor tables,
            Verifiers verifiers,
            AnnounceCheck check,
            AnnounceDesk announces,
            PathRequests requests,
            Tunnels tunnels,
            TransitProofs proofs,
            SignatureCheck signatures,
            Refusals refusals) {
        this.tables = tables;
        this.verifiers = verifiers;
        this.check = check;
        this.announces = announces;
        this.requests = requests;
        this.tunnels = tunnels;
        this.proofs = proofs;
        this.signatures = signatures;
        this.refusals = refusals;
    }

    @Override
    public void announce(Arrival packet) {
        boolean ratchet = (packet.flags & PacketBytes.CONTEXT_FLAG) != 0;
        if (packet.payloadLength() < AnnounceCodec.shortest(ratchet)) {
            refusals.count(Refusal.MALFORMED);
            return;
        }
        HeardAnnounce heard = new HeardAnnounce(
                packet.in,
                packet.destination(),
                packet.transport ? PacketBytes.transport(packet.raw, packet.at) : null,
                packet.hops,
                packet.context,
                AnnounceCodec.decode(packet.payload(), ratchet));
        if (!verifiers.offer(packet.in, () -> verify(heard))) {
            refusals.count(Refusal.ANNOUNCE_QUEUE_FULL);
        }
    }

    private void verify(HeardAnnounce heard) {
        Optional<Refusal> refusal = check.signature(heard.destination(), heard.announce());
        if (refusal.isPresent()) {
            refusals.count(refusal.get());
        } else if (tables.waiting() >= MOST_WAITING) {
            refusals.count(Refusal.ANNOUNCE_QUEUE_FULL);
        } else {
            tables.execute(() -> announces.heard(heard));
        }
    }

    @Override
    public void pathRequest(Arrival packet) {
        PathRequest request;
        try {
            request = PathRequestCodec.decode(packet.raw, packet.payloadAt(), packet.payloadLength());
        } catch (MalformedException e) {
            refusals.count(Refusal.MALFORMED);
            return;
        }
        Port in = packet.in;
        if (tables.waiting() >= MOST_WAITING) {
            refusals.count(Refusal.REQUEST_FULL);
        } else {
            tables.execute(() -> requests.received(in, request));
        }
    }

    @Override
    public void tunnelRequest(Arrival packet) {
        if (packet.payloadLength() != TunnelCodec.LENGTH) {
            refusals.count(Refusal.MALFORMED);
            return;
        }
        TunnelRequest request = TunnelCodec.decode(packet.payload());
        Port in = packet.in;
        if (!verifiers.offer(in, () -> verify(in, request))) {
            refusals.count(Refusal.TUNNEL_FULL);
        }
    }

    private void verify(Port in, TunnelRequest request) {
        Optional<Refusal> refusal = signatures.verify(
                request.signingKey(), request.signedData(), request.signature(), Refusal.TUNNEL_SIGNATURE);
        if (refusal.isPresent()) {
            refusals.count(refusal.get());
        } else {
            byte[] id = request.tunnelId();
            tables.execute(() -> tunnels.opened(id, in));
        }
    }

    @Override
    public void linkProof(Arrival packet, TransitLink link) {
        if (!proofs.isPlausible(packet, link)) {
            return;
        }
        byte[] raw = packet.copy();
        Port in = packet.in;
        int hops = packet.hops;
        DestinationHash destination = link.destination();
        if (!verifiers.offerProof(in, () -> {
            if (proofs.pass(raw, hops, link)) {
                tables.execute(() -> proofs.learn(destination, link, hops));
            }
        })) {
            refusals.count(Refusal.PROOF_QUEUE_FULL);
        }
    }
}
