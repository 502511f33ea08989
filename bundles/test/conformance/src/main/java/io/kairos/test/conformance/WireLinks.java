package io.kairos.test.conformance;

import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.State;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.core.link.life.LinkPeek;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
                .notSupported("wire_link_phy_stats_gate", "links do not keep how well their packets were heard");
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
        int before = wired.sent().size();
        State state = wired.link.state();
        long heard = LinkPeek.heardNanos(wired.link);
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
                .and("last_data_advanced", false)
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
