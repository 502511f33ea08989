package io.kairos.test.conformance;

import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Link.State;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.lib.wire.LinkIdentityCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** Plays the attacker on links: packets made up of the product's codecs, handed over where real ones arrive. */
final class WireLinkCrafts implements Commands.Family {

    private static final Duration A_MOMENT = Duration.ofMillis(700);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final WireNodes nodes;

    WireLinkCrafts(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_inject_crafted_link_identify", this::identify)
                .add("wire_link_identify_pending", this::identifyPending)
                .add("wire_inject_tampered_link_data", this::tampered)
                .add("wire_inject_closed_link_data", this::closedData)
                .add("wire_send_forged_link_close", this::forgedClose)
                .add("wire_link_teardown_emission", this::teardownEmission)
                .notSupported("wire_set_race_inducer", "there is no seam to be delayed");
    }

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
        OutgoingLink link = WireHandshakeCrafts.waiting(node).link();
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
        OutgoingLink pending = WireHandshakeCrafts.waiting(node).link();
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
