package io.kairos.test.conformance;

import io.kairos.api.failure.MeshException;
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
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.life.IncomingLink;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.lib.wire.LinkIdentityCodec;
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

/** Plays the attacker on links: packets made up of the product's codecs, handed over where real ones arrive. */
final class WireLinkCrafts implements Commands.Family {

    private static final Duration A_MOMENT = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int RESERVED_MODE = 3;

    private final WireNodes nodes;

    WireLinkCrafts(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_crafted_lrproof", this::linkProof)
                .add("wire_capture_lrproof_frame", this::captureProof)
                .add("wire_link_request_payload", this::requestPayload)
                .add("wire_link_signalling_bytes", WireLinkCrafts::signalling)
                .add("wire_inject_crafted_link_request", this::linkRequest)
                .add("wire_link_accept_gate", this::acceptGate)
                .add("wire_inject_crafted_link_identify", this::identify)
                .add("wire_link_identify_pending", this::identifyPending)
                .add("wire_inject_tampered_link_data", this::tampered)
                .add("wire_inject_closed_link_data", this::closedData)
                .add("wire_send_forged_link_close", this::forgedClose)
                .add("wire_link_teardown_emission", this::teardownEmission)
                .notSupported("wire_set_race_inducer", "there is no seam to be delayed");
    }

    // ---- handshakes ----

    /** A link that waits for its proof, and the request that it has sent. */
    private record Waiting(OutgoingLink link, byte[] request, LocalIdentity destination) {}

    private Waiting waiting(WireNode node) throws InterruptedException {
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

    // ---- on links that are up ----

    private Map<String, Object> identify(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        LocalIdentity claimed = node.newIdentity();
        byte[] keys = claimed.publicIdentity().toBytes();
        byte[] signed = LinkIdentityCodec.signedData(wired.link.id(), keys);
        byte[] plaintext = switch (p.text("variant")) {
            case "valid" -> LinkIdentityCodec.encode(keys, claimed.sign(signed));
            case "forged_signature" ->
                LinkIdentityCodec.encode(keys, node.newIdentity().sign(signed));
            case "wrong_signed_data" -> LinkIdentityCodec.encode(keys, claimed.sign(new byte[] {1}));
            case "wrong_length" -> Arrays.copyOf(LinkIdentityCodec.encode(keys, claimed.sign(signed)), 96);
            default -> throw new IllegalArgumentException("unknown variant " + p.text("variant"));
        };
        node.node
                .tap()
                .deliver(wired.inbound(wired.wire()
                        .sealed(PacketContext.LINK_IDENTIFY, plaintext)
                        .orElseThrow()));
        Until.holds(A_MOMENT, () -> claims(wired, claimed));
        return Answer.with("variant", p.text("variant"))
                .and("claimed_identity_hash", claimed.hash())
                .and("remote_identity_after", wired.link.remoteIdentity().map(identity -> identity.hash()))
                .and("adopted", claims(wired, claimed))
                .and("initiator", wired.link.isInitiator())
                .map();
    }

    private static boolean claims(WireLink wired, LocalIdentity claimed) {
        return wired.link
                .remoteIdentity()
                .filter(claimed.publicIdentity()::equals)
                .isPresent();
    }

    /** The product refuses with a word to the program instead of doing nothing; what counts is that nothing leaves. */
    private Map<String, Object> identifyPending(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        OutgoingLink link = waiting(node).link();
        WireLink wired = new WireLink(link, node.node.tap());
        boolean crashed = false;
        try {
            link.identify(node.identity(p.bytes("private_key")));
        } catch (MeshException refused) {
            crashed = false;
        } catch (RuntimeException e) {
            crashed = true;
        }
        boolean sent = wired.sent().stream().anyMatch(seen -> seen.context() == PacketContext.LINK_IDENTIFY);
        Map<String, Object> answer = Answer.with("crashed", crashed)
                .and("identify_packet_sent", sent)
                .and("status", WireLinks.number(link.state()))
                .and("status_name", link.state().name())
                .and("initiator", link.isInitiator())
                .map();
        link.close();
        return answer;
    }

    private Map<String, Object> tampered(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        byte[] raw =
                wired.wire().sealed(PacketContext.NONE, p.bytesOrNone("data")).orElseThrow();
        int last = raw.length - 1;
        String corruption = p.text("corruption", "none");
        switch (corruption) {
            case "ciphertext" -> raw[PacketBytes.SHORT_HEADER + 20] ^= 1;
            case "hmac" -> raw[last] ^= 1;
            case "truncate" -> raw = Arrays.copyOf(raw, last);
            default -> {}
        }
        InboundPacket packet =
                corruption.equals("foreign_interface") ? wired.inbound(raw, new Elsewhere()) : wired.inbound(raw);
        int before = wired.received.size();
        node.node.tap().deliver(packet);
        Until.holds(A_MOMENT, () -> wired.received.size() > before);
        return Answer.with("corruption", corruption)
                .and("unpacked", PacketBytes.isWellFormed(raw, 0, raw.length))
                .and("delivered", wired.received.size() > before)
                .and("link_active", wired.link.state() == State.ACTIVE)
                .and("status_name", wired.link.state().name())
                .map();
    }

    private Map<String, Object> closedData(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        byte[] raw = wired.wire()
                .sealed(PacketContext.NONE, p.optionalBytes("data").orElse(new byte[] {7}))
                .orElseThrow();
        InboundPacket packet = wired.inbound(raw);
        wired.link.close();
        Until.holds(PATIENCE, () -> wired.link.state() == State.CLOSED);
        int before = wired.received.size();
        LinkPeek.receive(wired.link, packet);
        Until.holds(A_MOMENT, () -> wired.received.size() > before);
        return Answer.with("delivered", wired.received.size() > before)
                .and("status_name", wired.link.state().name())
                .and("link_closed", wired.link.state() == State.CLOSED)
                .map();
    }

    private Map<String, Object> forgedClose(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        State before = wired.link.state();
        byte[] raw = wired.wire()
                .sealed(PacketContext.LINK_CLOSE, p.bytes("forged_id"))
                .orElseThrow();
        node.node.tap().deliver(wired.inbound(raw));
        Until.holds(A_MOMENT, () -> wired.link.state() == State.CLOSED);
        State after = wired.link.state();
        return Answer.with("torn_down", after == State.CLOSED)
                .and("status_before", WireLinks.number(before))
                .and("status_after", WireLinks.number(after))
                .and("status_name_after", after.name())
                .and("forged_id", p.bytes("forged_id"))
                .and("real_link_id", wired.link.id())
                .map();
    }

    private Map<String, Object> teardownEmission(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        OutgoingLink pending = waiting(node).link();
        WireLink watched = new WireLink(pending, node.node.tap());
        pending.close();
        Until.holds(PATIENCE, () -> pending.state() == State.CLOSED);
        WireLink wired = node.link(p);
        State before = wired.link.state();
        wired.link.close();
        Until.holds(PATIENCE, () -> wired.link.state() == State.CLOSED);
        return Answer.with("pending_linkclose_emitted", goodbyes(watched))
                .and("active_linkclose_emitted", goodbyes(wired))
                .and("active_status_before", before.name())
                .map();
    }

    private static long goodbyes(WireLink wired) {
        return wired.sent().stream()
                .filter(seen -> seen.context() == PacketContext.LINK_CLOSE)
                .count();
    }

    /** An interface over which the link does not run. */
    private static final class Elsewhere implements InterfaceHandle {

        @Override
        public String name() {
            return "elsewhere";
        }

        @Override
        public LinkBudget budget() {
            return LinkBudget.automatic(10_000_000);
        }

        @Override
        public InterfaceMode mode() {
            return InterfaceMode.FULL;
        }

        @Override
        public boolean isUp() {
            return true;
        }
    }
}
