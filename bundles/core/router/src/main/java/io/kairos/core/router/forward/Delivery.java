package io.kairos.core.router.forward;

import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.ProofReceiver;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.ports.Arrival;
import io.kairos.lib.wire.PacketBytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands packets to what lives on this node. A receiver that fails loses its packet and nothing else. */
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final List<ProofReceiver> proofs = new CopyOnWriteArrayList<>();
    private final Refusals refusals;

    public Delivery(Refusals refusals) {
        this.refusals = refusals;
    }

    /** Who is shown proofs; changed from any thread. */
    public List<ProofReceiver> proofReceivers() {
        return proofs;
    }

    boolean deliver(Arrival packet, LocalAddress to) {
        try {
            return to.receiver().received(inbound(packet));
        } catch (RuntimeException e) {
            failed(e);
            return true;
        }
    }

    /** Shows a proof to all who wait for some; false where nobody does. */
    boolean showProof(Arrival packet) {
        if (proofs.isEmpty()) {
            return false;
        }
        InboundPacket proof = inbound(packet);
        for (ProofReceiver receiver : proofs) {
            try {
                receiver.proofReceived(proof);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        return true;
    }

    private void failed(RuntimeException e) {
        refusals.count(Refusal.RECEIVER_FAILED);
        LOG.error("A destination of this node failed on a packet; the packet is lost, please report this", e);
    }

    private static InboundPacket inbound(Arrival packet) {
        byte[] hash = packet.isHashed() ? packet.hash().clone() : null;
        return new InboundPacket(
                packet.copy(),
                hash == null ? PacketBytes::hash : raw -> hash,
                packet.payloadAt() - packet.at,
                packet.destination(),
                packet.hops,
                packet.context,
                packet.in,
                packet.signal);
    }
}
