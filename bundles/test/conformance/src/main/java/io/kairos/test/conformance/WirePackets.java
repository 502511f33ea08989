package io.kairos.test.conformance;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.PacketRouter.NextHop;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.outgoing.PacketPeek;
import io.kairos.core.link.outgoing.PacketSender;
import io.kairos.core.link.outgoing.Receipt;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PacketProofCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Single packets and their receipts. */
final class WirePackets implements Commands.Family {

    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final WireNodes nodes;

    WirePackets(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_send_packet", this::send)
                .add("wire_send_link_data", this::sendOnLink)
                .add("wire_send_opportunistic", this::sendAndWait)
                .add("wire_packet_receipt_status", this::status)
                .add("wire_send_packet_with_proof_request", this::sendForProof)
                .add("wire_packet_receipt_generation", this::generation)
                .add("wire_packet_receipt_timeout", this::timeout);
    }

    private static Answer sent(WireNode node, PacketReceipt receipt) {
        boolean left = receipt.status() != PacketReceipt.Status.FAILED;
        String id = node.fresh("receipt");
        node.receipts.put(id, receipt);
        return Answer.with("sent", left).and("receipt_id", left ? id : null);
    }

    private Map<String, Object> send(Parameters p) {
        WireNode node = nodes.of(p);
        DestinationHash to = p.destination("destination_hash");
        Optional<Integer> hops = hops(node, to);
        return sent(node, node.node.endpoints().send(to, p.bytesOrNone("data")))
                .and("hops", hops)
                .map();
    }

    private static Optional<Integer> hops(WireNode node, DestinationHash to) {
        return node.node.router().packetRouter().nextHop(to).map(NextHop::hops);
    }

    private Map<String, Object> sendOnLink(Parameters p) {
        WireNode node = nodes.of(p);
        return sent(node, node.link(p).link.send(p.bytesOrNone("data"))).map();
    }

    private Map<String, Object> sendAndWait(Parameters p) {
        WireNode node = nodes.of(p);
        PacketReceipt receipt;
        try {
            receipt = node.node.endpoints().send(p.destination("destination_hash"), p.bytesOrNone("data"));
        } catch (MeshException e) {
            return Answer.with("sent", false)
                    .and("delivered", false)
                    .and("status", "send_failed")
                    .map();
        }
        boolean delivered =
                Until.holds(p.millis("timeout_ms", 5000), () -> receipt.status() == PacketReceipt.Status.DELIVERED);
        return Answer.with("sent", true)
                .and("delivered", delivered)
                .and("status", delivered ? "delivered" : "timeout")
                .map();
    }

    /** How the suite counts what became of a packet. */
    static int number(PacketReceipt.Status status) {
        return status == PacketReceipt.Status.CULLED ? 0xff : status.ordinal();
    }

    private Map<String, Object> status(Parameters p) {
        PacketReceipt receipt = nodes.of(p).receipts.get(p.text("receipt_id"));
        Until.holds(p.millis("timeout_ms", 0), () -> receipt.status() != PacketReceipt.Status.SENT);
        return told(receipt);
    }

    static Map<String, Object> told(PacketReceipt receipt) {
        boolean delivered = receipt.status() == PacketReceipt.Status.DELIVERED;
        return Answer.with("status", number(receipt.status()))
                .and("status_name", receipt.status().name())
                .and("delivered", delivered)
                .and("proved", delivered)
                .map();
    }

    private Map<String, Object> sendForProof(Parameters p) {
        WireNode node = nodes.of(p);
        DestinationHash to = p.destination("destination_hash");
        Optional<Integer> hops = hops(node, to);
        PacketReceipt receipt = node.node.endpoints().send(to, p.bytesOrNone("data"));
        boolean delivered =
                Until.holds(p.millis("timeout_ms", 10_000), () -> receipt.status() == PacketReceipt.Status.DELIVERED);
        Optional<InboundPacket> proof = delivered ? proofOf(node, receipt) : Optional.empty();
        Optional<byte[]> data = proof.map(InboundPacket::data);
        return sent(node, receipt)
                .and("hops", hops)
                .and("delivered", delivered)
                .and("proved", delivered)
                .and("implicit_proof_config", node.posture.implicitProofs())
                .and("proof_data", data)
                .and("proof_len", data.map(bytes -> bytes.length))
                .and("proof_is_implicit", data.map(bytes -> !isExplicit(bytes)))
                .and("proof_is_explicit", data.map(WirePackets::isExplicit))
                .and("impl_length", signatureBytes())
                .and("expl_length", hashBytes() + signatureBytes())
                .and("proof_raw", proof.map(WirePackets::asSent))
                .and("proved_packet_hash", receipt.packetHash())
                .map();
    }

    /** A packet of some type and context, and whether a proof for it would be waited for. */
    private Map<String, Object> generation(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.newIdentity();
        int context = (int) p.number("context", PacketContext.NONE);
        PacketType type = PacketType.of((int) p.number("packet_type", PacketType.DATA.bits()));
        boolean plain = p.text("dest_type", "single").equals("plain");
        String name = "conformance.receipt-gen";
        DestinationHash to = plain ? Hashes.plainDestination(name) : Hashes.destination(name, identity.hash());
        byte[] packet = PacketBytes.build(
                PacketBytes.flags(type, plain ? DestinationType.PLAIN : DestinationType.SINGLE),
                to,
                context,
                RandomSource.secure().bytes(12));
        Receipt receipt = PacketPeek.sender(node.node.endpoints()).finished(packet, identity.publicIdentity());
        return Answer.with("dest_type", plain ? "plain" : "single")
                .and("context", context)
                .and("packet_type", type.bits())
                .and("sent", receipt.status() == PacketReceipt.Status.SENT)
                .and(
                        "has_receipt",
                        node.node
                                .endpoints()
                                .receipts()
                                .find(receipt.packetHash())
                                .isPresent())
                .and("create_receipt_flag", true) // who sends is always given one; what counts is whether it waits
                .map();
    }

    private Map<String, Object> timeout(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.newIdentity();
        DestinationHash to = Hashes.destination("conformance.receipt-timeout", identity.hash());
        PacketSender sender = PacketPeek.sender(node.node.endpoints());
        Receipt receipt = sender.single(
                to,
                identity.publicIdentity(),
                identity.publicIdentity().encryptionKey(),
                RandomSource.secure().bytes(12));
        Answer answer = Answer.with("timeout", receipt.timeout().toSeconds())
                .and("status", number(receipt.status()))
                .and("is_link", false)
                .and("default_per_hop_timeout", WirePaths.perHopSeconds())
                .and("timeout_per_hop", PacketPeek.perHop().toSeconds())
                .and("pathfinder_m", PacketBytes.HOPS_LIMIT)
                .and("hops_to", PacketPeek.hopsTo(sender, to))
                .and(
                        "first_hop_timeout",
                        node.node.router().packetRouter().firstHopTimeout(to).toSeconds())
                .and("is_connected_to_shared", node.isProgram())
                .and("status_sent", number(PacketReceipt.Status.SENT));
        p.optionalDecimal("force_timeout").ifPresent(seconds -> {
            receipt.timeout(Duration.ofMillis(Math.round(seconds * 1000)));
            Until.holds(Duration.ofSeconds(5), () -> receipt.status() != PacketReceipt.Status.SENT);
            answer.and("forced_timeout", receipt.timeout().toSeconds())
                    .and("forced_status", number(receipt.status()))
                    .and("status_culled", number(PacketReceipt.Status.CULLED))
                    .and("status_failed", number(PacketReceipt.Status.FAILED));
        });
        return answer.map();
    }

    private static Optional<InboundPacket> proofOf(WireNode node, PacketReceipt receipt) {
        DestinationHash address = DestinationHash.of(receipt.packetHash(), 0);
        Until.holds(SETTLED, () -> find(node, address).isPresent());
        return find(node, address);
    }

    private static Optional<InboundPacket> find(WireNode node, DestinationHash address) {
        return node.proofs.stream()
                .filter(proof -> proof.destination().equals(address))
                .findFirst();
    }

    private static boolean isExplicit(byte[] proof) {
        try {
            return PacketProofCodec.decode(proof).provedHash().isPresent();
        } catch (MalformedException e) {
            return false;
        }
    }

    /** The packet as it was on the wire. */
    private static byte[] asSent(InboundPacket packet) {
        return Arrays.copyOf(packet.raw(), packet.raw().length);
    }

    static int signatureBytes() {
        return (Integer) Inside.constant(PacketProofCodec.class, "SIGNATURE");
    }

    static int hashBytes() {
        return (Integer) Inside.constant(PacketProofCodec.class, "HASH");
    }
}
