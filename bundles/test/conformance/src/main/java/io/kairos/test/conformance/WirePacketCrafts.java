package io.kairos.test.conformance;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.core.link.RandomSource;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.core.link.outgoing.Receipt;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Plays the attacker on single packets: broken ones, and proofs that nobody has made. */
final class WirePacketCrafts implements Commands.Family {

    private static final Duration A_MOMENT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final double SLOW_SECONDS = 10;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final WireNodes nodes;

    WirePacketCrafts(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_send_undecryptable", this::undecryptable)
                .add("wire_inject_crafted_proof", this::craftedProof)
                .add("wire_inject_single_proof_format", this::singleProof)
                .add("wire_inject_crafted_link_proof", this::linkProof);
    }

    private Map<String, Object> undecryptable(Parameters p) {
        WireNode node = nodes.of(p);
        DestinationHash to = p.destination("destination_hash");
        KnownDestination known =
                node.node.router().knownDestinations().recall(to).orElseThrow();
        byte[] key = known.ratchet().orElseGet(() -> known.identity().encryptionKey());
        byte[] payload = node.node.suite().encrypt(key, known.identity().hash().toBytes(), p.bytesOrNone("data"));
        payload[payload.length - 1] ^= 1;
        boolean truncated = p.text("corruption", "ciphertext").equals("truncate");
        byte[] packet = PacketBytes.build(
                PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE),
                to,
                PacketContext.NONE,
                truncated ? new byte[0] : payload);
        Receipt receipt = new Receipt(
                PacketBytes.hash(packet),
                known.identity().signingKey(),
                node.node.clock().nanos(),
                LONG,
                Runnable::run);
        node.node.endpoints().receipts().add(receipt);
        int interfaces = node.node.router().packetRouter().send(packet);
        String id = node.fresh("receipt");
        node.receipts.put(id, receipt);
        boolean delivered =
                Until.holds(p.millis("timeout_ms", 0), () -> receipt.status() == PacketReceipt.Status.DELIVERED);
        return Answer.with("sent", interfaces > 0)
                .and("receipt_id", id)
                .and("delivered", delivered)
                .and("status", delivered ? "delivered" : "timeout")
                .map();
    }

    // ---- proofs of packets to SINGLE destinations ----

    private Map<String, Object> craftedProof(Parameters p) {
        WireNode node = nodes.of(p);
        PacketReceipt receipt = node.receipts.get(p.text("receipt_id"));
        byte[] hash = receipt.packetHash();
        byte[] forged = node.newIdentity().sign(hash);
        RandomSource random = RandomSource.secure();
        byte[] proof = switch (p.text("variant")) {
            case "forged_implicit" -> forged;
            case "forged_explicit" -> join(hash, forged);
            case "wrong_hash_explicit" -> join(random.bytes(hash.length), forged);
            case "wrong_length_short" -> random.bytes(32);
            case "wrong_length_mid" -> random.bytes(65);
            case "wrong_length_long" -> random.bytes(97);
            default -> throw new IllegalArgumentException("unknown variant " + p.text("variant"));
        };
        return prove(node, p, receipt, proof).map();
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static Answer prove(WireNode node, Parameters p, PacketReceipt receipt, byte[] proof) {
        DestinationHash address = DestinationHash.of(receipt.packetHash(), 0);
        byte[] raw = PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.SINGLE), address, PacketContext.NONE, proof);
        node.node
                .tap()
                .proof(new InboundPacket(
                        raw,
                        PacketBytes.hash(raw),
                        PacketBytes.SHORT_HEADER,
                        address,
                        1,
                        PacketContext.NONE,
                        node.anyInterface(),
                        null));
        Until.holds(A_MOMENT, () -> receipt.status() != PacketReceipt.Status.SENT);
        return told(p, receipt, proof);
    }

    private static Answer told(Parameters p, PacketReceipt receipt, byte[] proof) {
        boolean validated = receipt.status() == PacketReceipt.Status.DELIVERED;
        return Answer.with("variant", p.text("variant"))
                .and("validated", validated)
                .and("status", WirePackets.number(receipt.status()))
                .and("status_name", receipt.status().name())
                .and("proved", validated)
                .and("proof_len", proof.length)
                .and("expl_length", WirePackets.hashBytes() + WirePackets.signatureBytes())
                .and("impl_length", WirePackets.signatureBytes());
    }

    /** A packet to a destination of this node's own, whose key is at hand. */
    private Map<String, Object> singleProof(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.newIdentity();
        try (LocalDestination own =
                node.node.endpoints().open(DestinationSettings.single("conformance.proved", identity))) {
            PacketReceipt receipt = node.node.endpoints().send(own.address(), new byte[] {1, 2, 3});
            byte[] hash = receipt.packetHash();
            byte[] good = identity.sign(hash);
            byte[] proof = switch (p.text("variant")) {
                case "valid_explicit" -> join(hash, good);
                case "valid_implicit" -> good;
                case "forged_explicit" -> join(hash, node.newIdentity().sign(hash));
                case "wrong_hash_explicit" -> join(RandomSource.secure().bytes(hash.length), good);
                default -> throw new IllegalArgumentException("unknown variant " + p.text("variant"));
            };
            return prove(node, p, receipt, proof).map();
        }
    }

    // ---- proofs of packets on links ----

    /** A link to a destination whose key is at hand, up since its proof was made here. */
    private Map<String, Object> linkProof(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.newIdentity();
        DestinationHash destination =
                io.kairos.lib.bytes.Hashes.destination("conformance.link-proved", identity.hash());
        OutgoingLink link = OutgoingLink.to(node.node.endpoints(), destination, identity.publicIdentity());
        link.open();
        byte[] key = node.node
                .suite()
                .keyAgreement()
                .publicKey(node.node.suite().keyAgreement().generatePrivateKey());
        LinkSignalling confirmed = new LinkSignalling(LinkSignalling.AES_256_CBC, PacketBytes.MTU);
        byte[] signature = identity.sign(LinkProofCodec.signedData(
                link.id(), key, identity.publicIdentity().signingKey(), confirmed.encode()));
        link.received(
                onLink(node, link, PacketContext.LINK_REQUEST_PROOF, LinkProofCodec.encode(signature, key, confirmed)));
        Until.holds(PATIENCE, () -> link.state() == io.kairos.api.link.Link.State.ACTIVE);
        LinkPeek.roundTrip(link, SLOW_SECONDS); // otherwise the receipt fails before its status can be read
        PacketReceipt receipt = link.send(new byte[] {1, 2, 3});
        byte[] hash = receipt.packetHash();
        byte[] proof = switch (p.text("variant")) {
            case "valid_explicit" -> join(hash, identity.sign(hash));
            case "implicit_valid_sig" -> identity.sign(hash);
            case "implicit_random" -> RandomSource.secure().bytes(WirePackets.signatureBytes());
            case "wrong_length_short" -> RandomSource.secure().bytes(32);
            default -> throw new IllegalArgumentException("unknown variant " + p.text("variant"));
        };
        link.received(onLink(node, link, PacketContext.NONE, proof));
        Until.holds(A_MOMENT, () -> receipt.status() != PacketReceipt.Status.SENT);
        Map<String, Object> answer = told(p, receipt, proof).map();
        link.close();
        return answer;
    }

    private static InboundPacket onLink(WireNode node, OutgoingLink link, int context, byte[] body) {
        byte[] raw =
                PacketBytes.build(PacketBytes.flags(PacketType.PROOF, DestinationType.LINK), link.id(), context, body);
        return new InboundPacket(
                raw, PacketBytes.hash(raw), PacketBytes.SHORT_HEADER, link.id(), 1, context, node.anyInterface(), null);
    }

    // ---- receipts ----
}
