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
import io.kairos.api.transport.Signal;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.core.link.life.OutgoingLink;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Links: opening, sending, looking at them, ending them. */
final class WireLinks implements Commands.Family {

    private static final Map<Link.CloseReason, Integer> REASONS = Map.of(
            Link.CloseReason.TIMEOUT, 1,
            Link.CloseReason.INITIATOR_CLOSED, 2,
            Link.CloseReason.DESTINATION_CLOSED, 3);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final WireNodes nodes;

    WireLinks(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_link_open", this::open)
                .add("wire_link_send", this::send)
                .add("wire_link_status", p -> status(link(p)).map())
                .add("wire_link_await_status", this::await)
                .add("wire_link_teardown", this::teardown)
                .add("wire_link_identify", this::identify)
                .add("wire_link_mtu", this::mtu)
                .add("wire_link_set_rtt", this::setRoundTrip)
                .add("wire_link_set_watchdog", this::watchdog)
                .add("wire_last_keepalive", this::lastKeepalive)
                .add("wire_send_keepalive_probe", this::keepalive)
                .add("wire_send_over_closed_link", this::sendClosed)
                .add("wire_send_oversize_link_packet", this::oversize)
                .add("wire_link_key_material", this::keys)
                .add("wire_link_phy_stats_gate", this::signals)
                .add("wire_link_type_gate", this::types);
    }

    private WireLink link(Parameters p) {
        return nodes.of(p).link(p);
    }

    private Map<String, Object> open(Parameters p) throws Exception {
        WireNode node = nodes.of(p);
        Link link = Until.value(
                node.node.endpoints().connect(p.destination("destination_hash")), p.millis("timeout_ms", 10_000));
        node.keep(link);
        return Answer.of("link_id", link.id());
    }

    private Map<String, Object> send(Parameters p) {
        link(p).link.send(p.bytesOrNone("data"));
        return Answer.of("sent", true);
    }

    /** How the suite counts the states of a link. */
    static int number(State state) {
        return state.ordinal();
    }

    static Answer status(WireLink wired) {
        Link link = wired.link;
        State state = link.state();
        if (state == State.CLOSED) {
            Until.holds(SETTLED, () -> wired.reason().isPresent()); // programs are told a moment later
        }
        boolean up = state == State.ACTIVE || state == State.STALE;
        double keepalive = LinkPeek.keepaliveSeconds(link);
        Optional<DestinationHash> nobody = Optional.empty();
        return Answer.with("status", number(state))
                .and("status_name", state.name())
                .and("teardown_reason", wired.reason().map(REASONS::get))
                .and("teardown_reason_name", wired.reason().map(Enum::name))
                .and("no_inbound_for_ms", link.silence().toMillis())
                .and("last_keepalive_ago_ms", LinkPeek.keepaliveAge(link).map(nanos -> nanos / 1_000_000))
                .and("keepalive_s", keepalive)
                .and("stale_time_s", keepalive * LinkPeek.staleFactor())
                .and("rtt", LinkPeek.roundTrip(link))
                .and("mtu", up ? link.mtu() : null)
                .and("mdu", up ? link.payloadBytes() : null)
                .and("mode", LinkSignalling.AES_256_CBC)
                .and(
                        "remote_identity_hash",
                        link.isInitiator() ? nobody : link.remoteIdentity().map(id -> id.hash()))
                .and(
                        "remote_identified",
                        !link.isInitiator() && link.remoteIdentity().isPresent());
    }

    private Map<String, Object> await(Parameters p) {
        WireLink wired = link(p);
        String wanted = p.text("target_status").toUpperCase(Locale.ROOT);
        int target = wanted.chars().allMatch(Character::isDigit)
                ? Integer.parseInt(wanted)
                : State.valueOf(wanted).ordinal();
        boolean reached = Until.holds(p.millis("timeout_ms", 15_000), () -> number(wired.link.state()) >= target);
        if (reached && wired.link.state() == State.CLOSED) {
            Until.holds(SETTLED, () -> wired.reason().isPresent());
        }
        return status(wired).and("reached", reached).map();
    }

    private Map<String, Object> teardown(Parameters p) {
        WireLink wired = link(p);
        wired.link.close();
        Until.holds(
                SETTLED,
                () -> wired.link.state() == State.CLOSED && wired.reason().isPresent());
        return Answer.of("torn_down", true);
    }

    private Map<String, Object> identify(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.identity(p.bytes("private_key"));
        node.link(p).link.identify(identity);
        return Answer.with("identified", true)
                .and("identity_hash", identity.hash())
                .map();
    }

    private Map<String, Object> mtu(Parameters p) {
        Link link = link(p).link;
        return Answer.with("mtu", link.mtu())
                .and("mdu", link.payloadBytes())
                .and("mode", LinkSignalling.AES_256_CBC)
                .and("status", number(link.state()))
                .and("status_name", link.state().name())
                .map();
    }

    private Map<String, Object> setRoundTrip(Parameters p) {
        Link link = link(p).link;
        double previous = LinkPeek.roundTrip(link);
        LinkPeek.roundTrip(link, p.decimal("rtt"));
        return Answer.with("rtt", LinkPeek.roundTrip(link))
                .and("previous", previous)
                .map();
    }

    private Map<String, Object> watchdog(Parameters p) {
        Link link = link(p).link;
        p.optionalDecimal("keepalive_s").ifPresent(seconds -> LinkPeek.keepalive(link, seconds));
        double keepalive = LinkPeek.keepaliveSeconds(link);
        return Answer.with("keepalive_s", keepalive)
                .and("stale_time_s", keepalive * LinkPeek.staleFactor())
                .map();
    }

    private Map<String, Object> lastKeepalive(Parameters p) {
        Optional<byte[]> last = link(p).sent().stream()
                .filter(seen -> seen.context() == PacketContext.KEEPALIVE)
                .reduce((one, other) -> other)
                .map(WireLink.Seen::payload);
        return Answer.of("payload", last);
    }

    private Map<String, Object> keepalive(Parameters p) {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        byte[] value = p.optionalBytes("value").orElse(new byte[] {(byte) 0xff});
        if (!wired.link.isInitiator()) {
            LinkPeek.silent(wired.link); // RNS 1.4.2 and we answer only then
        }
        int before = wired.sent().size();
        State state = wired.link.state();
        long heard = LinkPeek.heardNanos(wired.link);
        int delivered = wired.received.size();
        byte[] raw = PacketBytes.build(
                PacketBytes.flags(PacketType.DATA, DestinationType.LINK),
                wired.link.id(),
                PacketContext.KEEPALIVE,
                value);
        node.node.tap().deliver(wired.inbound(raw));
        Until.holds(Duration.ofMillis(200), () -> wired.sent().size() > before);
        Optional<byte[]> answer = wired.sent().stream()
                .skip(before)
                .filter(seen -> seen.context() == PacketContext.KEEPALIVE)
                .findFirst()
                .map(WireLink.Seen::payload);
        return Answer.with("response", answer)
                .and("answered", answer.isPresent())
                .and("initiator", wired.link.isInitiator())
                .and("last_inbound_advanced", LinkPeek.heardNanos(wired.link) > heard)
                .and("last_data_advanced", wired.received.size() > delivered)
                .and("status_before", number(state))
                .and("status_after", number(wired.link.state()))
                .map();
    }

    private Map<String, Object> sendClosed(Parameters p) {
        Link link = link(p).link;
        long before = link.traffic().sentBytes();
        boolean sent;
        try {
            link.send(p.bytesOrNone("data"));
            sent = true;
        } catch (MeshException refused) {
            sent = false;
        }
        return Answer.with("link_status", number(link.state()))
                .and("link_status_name", link.state().name())
                .and("sent", sent)
                .and("bytes_transmitted", link.traffic().sentBytes() - before)
                .map();
    }

    private Map<String, Object> oversize(Parameters p) {
        Link link = link(p).link;
        int size = (int) p.number("size");
        Answer answer = Answer.with("size", size)
                .and("mtu", link.mtu())
                .and("mdu", link.payloadBytes())
                .and("packet_mtu", link.mtu());
        try {
            link.send(new byte[size]);
            return answer.and("sent", true)
                    .and("rejected", false)
                    .and("error", null)
                    .map();
        } catch (MeshException refused) {
            return answer.and("sent", false)
                    .and("rejected", true)
                    .and("error", refused.getMessage())
                    .map();
        }
    }

    // ---- how well a link is heard ----

    private Map<String, Object> signals(Parameters p) throws InterruptedException {
        WireNode node = nodes.of(p);
        WireLink wired = node.link(p);
        Signal heard = new Signal(-42, 7, 83);
        Answer answer = Answer.with("stored", told(Optional.of(heard)));
        hear(wired, heard);
        answer.and("off", told(wired.link.signal()));
        wired.link.trackSignal(true);
        hear(wired, heard);
        answer.and("on", told(wired.link.signal()));
        wired.link.trackSignal(false);
        hear(wired, heard);
        return answer.and("off_again", told(wired.link.signal())).map();
    }

    /** A packet of the other end as if it had come over a medium that knows how well it was heard. */
    private static void hear(WireLink wired, Signal signal) throws InterruptedException {
        byte[] raw = wired.wire().sealed(PacketContext.NONE, new byte[] {1}).orElseThrow();
        LinkPeek.receive(wired.link, wired.inbound(raw, signal));
        CountDownLatch done = new CountDownLatch(1);
        LinkPeek.inMailbox(wired.link, done::countDown);
        done.await(SETTLED.toSeconds(), TimeUnit.SECONDS);
    }

    private static Map<String, Object> told(Optional<Signal> signal) {
        return Answer.with("rssi", signal.map(Signal::rssiDbm))
                .and("snr", signal.map(Signal::snrDb))
                .and("q", signal.map(Signal::quality))
                .map();
    }

    // ---- to what links can be opened ----

    /** Here a link is opened to a hash, so that only of this node's own destinations the type is known before. */
    private Map<String, Object> types(Parameters p) {
        WireNode node = nodes.of(p);
        LocalIdentity identity = node.newIdentity();
        DestinationSettings plain = DestinationSettings.plain("conformance.type.gate.plain");
        DestinationSettings group = new DestinationSettings(
                "conformance.type.gate.group",
                DestinationType.GROUP,
                Optional.of(identity),
                Optional.of(new byte[64]),
                DestinationSettings.ProofStrategy.NONE,
                false,
                Optional.empty(),
                0);
        return Answer.with("single", single(node, identity))
                .and("plain", refusal(node, plain))
                .and("group", refusal(node, group))
                .map();
    }

    private static Map<String, Object> single(WireNode node, LocalIdentity identity) {
        DestinationHash to = Hashes.destination("conformance.type.gate", identity.hash());
        OutgoingLink link = OutgoingLink.to(node.node.endpoints(), to, identity.publicIdentity());
        link.open();
        boolean made = link.state() == State.PENDING;
        link.close();
        return Answer.with("raised", false)
                .and("error", null)
                .and("link_created", made)
                .map();
    }

    private static Map<String, Object> refusal(WireNode node, DestinationSettings settings) {
        try (LocalDestination opened = node.node.endpoints().open(settings)) {
            Throwable why = node.node
                    .endpoints()
                    .connect(opened.address())
                    .toCompletableFuture()
                    .handle((link, failure) -> failure)
                    .getNow(null);
            return Answer.with("raised", why instanceof MeshException)
                    .and("error", why == null ? null : why.getMessage())
                    .and("link_created", false)
                    .map();
        }
    }

    /** One object holds what was derived from the handshake; the private key of the handshake is wiped before. */
    private Map<String, Object> keys(Parameters p) {
        WireLink wired = link(p);
        boolean keyed = wired.wire().token() != null;
        return Answer.with("status", number(wired.link.state()))
                .and("status_name", wired.link.state().name())
                .and("derived_key_present", keyed)
                .map();
    }
}
