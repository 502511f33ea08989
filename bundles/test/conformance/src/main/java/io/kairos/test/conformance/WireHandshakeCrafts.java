package io.kairos.test.conformance;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.State;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.core.link.life.IncomingLink;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Plays the attacker while links are made: requests and proofs made up of the product's codecs. */
final class WireHandshakeCrafts implements Commands.Family {

    private static final Duration A_MOMENT = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int RESERVED_MODE = 3;

    private final WireNodes nodes;

    WireHandshakeCrafts(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_crafted_lrproof", this::linkProof)
                .add("wire_capture_lrproof_frame", this::captureProof)
                .add("wire_link_request_payload", this::requestPayload)
                .add("wire_link_signalling_bytes", WireHandshakeCrafts::signalling)
                .add("wire_inject_crafted_link_request", this::linkRequest)
                .add("wire_link_accept_gate", this::acceptGate);
    }

    /** A link that waits for its proof, and the request that it has sent. */
    record Waiting(OutgoingLink link, byte[] request, LocalIdentity destination) {}

    static Waiting waiting(WireNode node) throws InterruptedException {
        LocalIdentity identity = node.newIdentity();
        DestinationHash destination = io.kairos.lib.bytes.Hashes.destination("conformance.crafted", identity.hash());
        BlockingQueue<byte[]> left = new LinkedBlockingQueue<>();
        node.node.tap().listen((raw, length) -> {
            if (PacketBytes.destination(raw, 0).equals(destination)) {
                left.add(Arrays.copyOf(raw, length));
            }
        });
        OutgoingLink link = OutgoingLink.to(node.node.endpoints(), destination, identity.publicIdentity());
        link.open();
        byte[] request = left.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        node.node.tap().listen((raw, length) -> {});
        return new Waiting(link, request, identity);
    }

    private static InboundPacket inbound(byte[] raw, InterfaceHandle on, int hops) {
        return new InboundPacket(
                raw,
                PacketBytes.hash(raw),
                PacketBytes.SHORT_HEADER,
                PacketBytes.destination(raw, 0),
                hops,
                PacketBytes.context(raw, 0),
                on,
                null);
    }

    private Map<String, Object> linkProof(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        String variant = p.text("variant");
        Waiting waiting = waiting(node);
        OutgoingLink link = waiting.link();
        if (variant.equals("non_pending")) {
            link.close();
        }
        byte[] proof = proof(node, waiting, variant);
        link.received(inbound(proof, node.anyInterface(), 1));
        boolean activated = Until.holds(A_MOMENT, () -> link.state() == State.ACTIVE);
        boolean up = link.state() == State.ACTIVE;
        Map<String, Object> answer = Answer.with("variant", variant)
                .and("activated", activated)
                .and("status", WireLinks.number(link.state()))
                .and("status_name", link.state().name())
                .and("mtu", up ? link.mtu() : null)
                .and("mode", LinkSignalling.AES_256_CBC)
                .map();
        link.close();
        return answer;
    }

    private static byte[] proof(WireNode node, Waiting waiting, String variant) {
        DestinationHash id = waiting.link().id();
        byte[] key = node.node
                .suite()
                .keyAgreement()
                .publicKey(node.node.suite().keyAgreement().generatePrivateKey());
        LinkSignalling confirmed = new LinkSignalling(LinkSignalling.AES_256_CBC, PacketBytes.MTU);
        byte[] signed = LinkProofCodec.signedData(
                id, key, waiting.destination().publicIdentity().signingKey(), confirmed.encode());
        byte[] signature = switch (variant) {
            case "forged_signature" -> node.newIdentity().sign(signed);
            case "wrong_signed_data" -> waiting.destination().sign(new byte[] {1, 2, 3});
            default -> waiting.destination().sign(signed);
        };
        LinkSignalling told = variant.equals("mode_mismatch") ? new LinkSignalling(2, PacketBytes.MTU) : confirmed;
        byte[] body = LinkProofCodec.encode(signature, key, told);
        if (variant.equals("wrong_size")) {
            body = Arrays.copyOf(body, body.length - LinkSignalling.LENGTH - 1);
        }
        return PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.LINK), id, PacketContext.LINK_REQUEST_PROOF, body);
    }

    /** The answer that a destination of this node gives to a request of this node. */
    private Map<String, Object> captureProof(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        byte[] request = waiting(node).request();
        try (LocalDestination destination =
                node.node.endpoints().open(DestinationSettings.single("conformance.lrproof", node.newIdentity()))) {
            byte[] addressed = readdressed(request, destination.address(), payload(request));
            DestinationHash id = LinkRequestCodec.linkId(addressed);
            BlockingQueue<byte[]> left = new LinkedBlockingQueue<>();
            node.node.tap().listen((raw, length) -> {
                if (PacketBytes.destination(raw, 0).equals(id)) {
                    left.add(Arrays.copyOf(raw, length));
                }
            });
            node.node.tap().deliver(inbound(addressed, node.anyInterface(), 1));
            byte[] raw = left.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            node.node.tap().listen((other, length) -> {});
            return Answer.with("raw", raw)
                    .and("flags", raw[0] & 0xff)
                    .and("link_id", id)
                    .and("packet_type", PacketType.PROOF.bits())
                    .and("context", PacketContext.LINK_REQUEST_PROOF)
                    .and("expected_link_dest_type", DestinationType.LINK.bits())
                    .and("truncated_hashlength", DestinationHash.LENGTH)
                    .map();
        }
    }

    private static byte[] payload(byte[] packet) {
        return Arrays.copyOfRange(packet, PacketBytes.SHORT_HEADER, packet.length);
    }

    private static byte[] readdressed(byte[] request, DestinationHash destination, byte[] payload) {
        return PacketBytes.build(request[0] & 0xff, destination, PacketContext.NONE, payload);
    }

    private Map<String, Object> requestPayload(Parameters p) throws InterruptedException {
        byte[] payload = payload(waiting(nodes.of(p)).request());
        LinkRequestCodec.Body body = LinkRequestCodec.decode(payload);
        return Answer.with("request_data_hex", payload)
                .and("pub_bytes", body.encryptionKey())
                .and("sig_pub_bytes", body.signingKey())
                .and("signalling_bytes", Arrays.copyOfRange(payload, LinkRequestCodec.KEYS, payload.length))
                .and("mtu", body.signalling().mtu())
                .and("mode", body.signalling().mode())
                .and("len", payload.length)
                .and("ecpubsize", LinkRequestCodec.KEYS)
                .and("link_mtu_size", LinkSignalling.LENGTH)
                .and("reticulum_mtu", PacketBytes.MTU)
                .map();
    }

    /** Other modes can be written and read, but no link is made with them, which the suite calls an error. */
    private static Map<String, Object> signalling(Parameters p) {
        int mode = (int) p.number("mode");
        int mtu = (int) p.number("mtu");
        boolean enabled = mode == LinkSignalling.AES_256_CBC;
        int mtuMask = (Integer) Inside.constant(LinkSignalling.class, "MTU_MASK");
        return Answer.with("mtu", mtu)
                .and("mode", mode)
                .and("signalling_bytes", enabled ? new LinkSignalling(mode, mtu).encode() : null)
                .and("raised", !enabled)
                .and("mtu_bytemask", mtuMask)
                .and("mode_bytemask", ~(mtuMask >> 16) & 0xff)
                .and("enabled_modes", java.util.List.of(LinkSignalling.AES_256_CBC))
                .and("mode_default", LinkSignalling.AES_256_CBC)
                .and("link_mtu_size", LinkSignalling.LENGTH)
                .map();
    }

    private Map<String, Object> linkRequest(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        String variant = p.text("variant");
        byte[] request = waiting(node).request();
        byte[] body = payload(request);
        byte[] data = switch (variant) {
            case "valid64" -> Arrays.copyOf(body, LinkRequestCodec.KEYS);
            case "valid67" -> body;
            case "size_63" -> Arrays.copyOf(body, 63);
            case "size_66" -> Arrays.copyOf(body, 66);
            case "size_0" -> new byte[0];
            case "bad_mode" -> withMode(body);
            default -> throw new IllegalArgumentException("unknown variant " + variant);
        };
        try (LocalDestination destination =
                node.node.endpoints().open(DestinationSettings.single("conformance.lr-validate", node.newIdentity()))) {
            byte[] raw = readdressed(request, destination.address(), data);
            node.node.tap().deliver(inbound(raw, node.anyInterface(), (int) p.number("hops", 0)));
            DestinationHash id =
                    data.length < LinkRequestCodec.KEYS ? destination.address() : LinkRequestCodec.linkId(raw);
            Until.holds(A_MOMENT, () -> find(node, id).isPresent());
            Optional<Link> link = find(node, id);
            return Answer.with("variant", variant)
                    .and("data_len", data.length)
                    .and("accepted", link.isPresent())
                    .and("inbound_link_created", link.isPresent())
                    .and(
                            "establishment_timeout",
                            link.map(LinkPeek::establishNanos).map(nanos -> nanos / 1e9))
                    .and("mode", link.map(made -> LinkSignalling.AES_256_CBC))
                    .and("mtu", link.map(Link::mtu))
                    .and("establishment_timeout_per_hop", perHop())
                    .and("keepalive", LinkPeek.largestKeepaliveSeconds())
                    .map();
        }
    }

    private static long perHop() {
        return ((Duration) Inside.constant(IncomingLink.class, "PER_HOP")).toSeconds();
    }

    private static byte[] withMode(byte[] body) {
        byte[] changed = body.clone();
        byte[] told = new LinkSignalling(RESERVED_MODE, PacketBytes.MTU).encode();
        System.arraycopy(told, 0, changed, LinkRequestCodec.KEYS, told.length);
        return changed;
    }

    private static Optional<Link> find(WireNode node, DestinationHash id) {
        return node.node.endpoints().links().stream()
                .filter(link -> link.id().equals(id))
                .findFirst();
    }

    private Map<String, Object> acceptGate(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        boolean accepts = p.flag("accepts", true);
        byte[] request = waiting(node).request();
        DestinationSettings settings = DestinationSettings.single("conformance.accept-gate", node.newIdentity());
        try (LocalDestination destination = node.node.endpoints().open(accepts ? settings : settings.withoutLinks())) {
            byte[] raw = readdressed(request, destination.address(), payload(request));
            long before = linksOf(node, destination);
            node.node.tap().deliver(inbound(raw, node.anyInterface(), 1));
            Until.holds(A_MOMENT, () -> linksOf(node, destination) > before);
            long after = linksOf(node, destination);
            return Answer.with("accepts", accepts)
                    .and("links_before", before)
                    .and("links_after", after)
                    .and("link_created", after > before)
                    .map();
        }
    }

    private static long linksOf(WireNode node, LocalDestination destination) {
        return node.node.endpoints().links().stream()
                .filter(link -> link.destination().equals(destination.address()))
                .count();
    }
}
