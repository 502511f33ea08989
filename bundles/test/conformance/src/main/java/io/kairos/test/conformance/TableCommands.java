package io.kairos.test.conformance;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathTable;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.announce.Repeats;
import io.kairos.core.router.forward.PacketFilter;
import io.kairos.core.router.forward.TransitLink;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.path.Path;
import io.kairos.core.router.ports.Anchor;
import io.kairos.core.router.ports.HeardAnnounce;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.table.ReverseTable;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of a node with mock interfaces. Its router counts in wall-clock time, because its clock is never set. */
final class TableCommands implements Commands.Family {

    private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(6);
    private static final Map<String, Object> NOT_FOUND = Answer.of("found", false);

    private final MockNodes nodes;

    TableCommands(MockNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        paths(commands);
        announces(commands);
        links(commands);
        commands.add("behavioral_packet_filter", nodes.on(TableCommands::filter))
                .add("behavioral_read_tunnels", nodes.on(TableCommands::tunnels))
                .add("behavioral_force_cull", nodes.on((mock, p) -> {
                    mock.node().router().runAllJobs();
                    return Answer.of("culled", true);
                }));
    }

    private static RouterCore.Parts parts(MockNode mock) {
        return mock.node().router().parts();
    }

    private static double seconds(long millis) {
        return millis / 1000.0;
    }

    private static long millis(double seconds) {
        return (long) (seconds * 1000);
    }

    // ---- paths ----

    private void paths(Commands commands) {
        commands.add(
                        "behavioral_read_path_table",
                        nodes.on((mock, p) ->
                                path(mock, p).map(TableCommands::shown).orElse(NOT_FOUND)))
                .add("behavioral_set_path_timestamp", nodes.on((mock, p) -> {
                    Optional<Path> path = path(mock, p);
                    path.ifPresent(found -> found.inUse().markUsed(millis(p.decimal("timestamp"))));
                    return Answer.of("set", path.isPresent());
                }))
                .add("behavioral_set_path_expires", nodes.on((mock, p) -> {
                    Optional<Path> path = path(mock, p);
                    path.ifPresent(found -> passUntilOver(mock, found, millis(p.decimal("expires"))));
                    return Answer.of("set", path.isPresent());
                }))
                .add("behavioral_mark_path_unresponsive", nodes.on((mock, p) -> {
                    mock.node().router().packetRouter().markUnresponsive(p.destination("dest"));
                    return Answer.of("marked", path(mock, p).isPresent());
                }));
    }

    private static Optional<Path> path(MockNode mock, Parameters p) {
        return Optional.ofNullable(parts(mock).paths().usable(p.destination("dest")));
    }

    private static Map<String, Object> shown(Path path) {
        Candidate way = path.inUse();
        List<byte[]> blobs = new ArrayList<>();
        for (int at = 0; at < path.blobs().length; at += AnnounceCodec.BLOB) {
            blobs.add(Arrays.copyOfRange(path.blobs(), at, at + AnnounceCodec.BLOB));
        }
        return Answer.with("found", true)
                .and("hops", way.hops())
                .and("next_hop", way.next())
                .and("timestamp", seconds(way.used()))
                .and("expires", seconds(way.expires()))
                .and("random_blobs", blobs)
                .and("receiving_interface", way.anchor().name())
                .and("receiving_interface_hash", way.anchor().descriptionHash())
                .map();
    }

    /** Time passes until the path is as far beyond its lifetime as the suite wants it; it stays in use meanwhile. */
    private static void passUntilOver(MockNode mock, Path path, long expires) {
        long now = mock.node().clock().wallMillis();
        long wait = path.inUse().expires() - Math.max(expires, now - 1_000);
        if (expires < now && wait > 0) {
            path.inUse().markUsed(now + wait);
            mock.node().pass(Duration.ofMillis(wait + 1));
        }
    }

    // ---- announces ----

    private void announces(Commands commands) {
        commands.add(
                        "behavioral_read_announce_table",
                        nodes.on((mock, p) -> parts(mock)
                                .repeats()
                                .view(p.destination("dest"))
                                .map(repeat -> shown(mock, p.destination("dest"), repeat))
                                .orElse(NOT_FOUND)))
                .add("behavioral_set_announce_timestamp", nodes.on((mock, p) -> {
                    if (p.has("timestamp")) {
                        throw new NotSupported("since when an announce waits cannot be changed");
                    }
                    long at = millis(p.decimal("retransmit_timeout"));
                    return Answer.of("set", parts(mock).repeats().reschedule(p.destination("dest"), at));
                }))
                .add("behavioral_read_announce_rate", nodes.on((mock, p) -> {
                    DestinationHash destination = p.destination("dest");
                    return parts(mock).rates().views(0).stream()
                            .filter(rate -> rate.destination().equals(destination))
                            .findFirst()
                            .map(TableCommands::shown)
                            .orElse(NOT_FOUND);
                }))
                .add("behavioral_hold_and_release_announce", nodes.on(TableCommands::holdAndRelease));
    }

    private static Map<String, Object> shown(MockNode mock, DestinationHash destination, Repeats.View repeat) {
        return Answer.with("found", true)
                .and("retries", repeat.retries())
                .and("hops", repeat.hops())
                .and("timestamp", seconds(repeat.sinceMillis()))
                .and("retransmit_timeout", seconds(repeat.atMillis()))
                .and("local_rebroadcasts", repeat.heard())
                .and("block_rebroadcasts", repeat.only() != null)
                .and("packet_hash", parts(mock).repeats().packetHash(destination))
                .and("attached_interface", mock.idOf(repeat.only()))
                .map();
    }

    private static Map<String, Object> shown(PathTable.RateView rate) {
        return Answer.with("found", true)
                .and("last", seconds(rate.lastMillis()))
                .and("rate_violations", rate.violations())
                .and("blocked_until", seconds(rate.blockedUntilMillis()))
                .and(
                        "timestamps",
                        rate.timestampsMillis().stream()
                                .map(TableCommands::seconds)
                                .toList())
                .map();
    }

    private static Map<String, Object> holdAndRelease(MockNode mock, Parameters p) {
        Port port = mock.port(mock.medium(p));
        Map<String, Object> hops = new LinkedHashMap<>();
        for (byte[] raw : p.byteLists("announces")) {
            HeardAnnounce heard = heard(port, raw);
            port.held().hold(heard);
            hops.put(heard.destination().toHex(), heard.hops());
        }
        List<DestinationHash> before = port.held().destinations();
        mock.node().pass(BETWEEN_RELEASES);
        parts(mock).desk().review(port);
        List<DestinationHash> after = port.held().destinations();
        return Answer.with("held_before", before)
                .and("held_after", after)
                .and(
                        "released",
                        before.stream().filter(hash -> !after.contains(hash)).toList())
                .and("hops", hops)
                .map();
    }

    private static HeardAnnounce heard(Port port, byte[] raw) {
        byte[] payload = Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length);
        return new HeardAnnounce(
                port,
                PacketBytes.destination(raw, 0),
                PacketBytes.hasTransport(raw, 0) ? PacketBytes.transport(raw, 0) : null,
                PacketBytes.hops(raw, 0),
                PacketBytes.context(raw, 0),
                AnnounceCodec.decode(payload, (raw[0] & PacketBytes.CONTEXT_FLAG) != 0));
    }

    // ---- links and proofs ----

    private void links(Commands commands) {
        commands.add("behavioral_read_link_table", nodes.on(TableCommands::linkTable))
                .add("behavioral_seed_link_table", nodes.on(TableCommands::seedLink))
                .add("behavioral_read_reverse_table", nodes.on(TableCommands::reverse))
                .add("behavioral_seed_reverse_table", nodes.on((mock, p) -> {
                    long now = mock.node().clock().wallMillis() / 1000;
                    long age = p.optionalDecimal("timestamp_age_s").orElse(0.0).longValue();
                    Port from = mock.port(mock.medium(p.text("rcvd_iface_id")));
                    Port to = mock.port(mock.medium(p.text("outb_iface_id")));
                    parts(mock).traffic().reverse().put(p.bytes("key"), from.number(), to.number(), now - age);
                    return Answer.with("seeded", true).and("key", p.text("key")).map();
                }));
    }

    private static Map<String, Object> linkTable(MockNode mock, Parameters p) {
        List<Map<String, Object>> entries = new ArrayList<>();
        parts(mock).traffic().links().forEach(link -> entries.add(shown(mock, link)));
        if (!p.has("link_id")) {
            return Answer.of("entries", entries);
        }
        DestinationHash id = p.destination("link_id");
        return entries.stream()
                .filter(entry -> entry.get("link_id").equals(id))
                .findFirst()
                .orElse(NOT_FOUND);
    }

    private static Map<String, Object> shown(MockNode mock, TransitLink link) {
        return Answer.with("found", true)
                .and("link_id", link.key())
                .and("timestamp", seconds(link.used()))
                .and("next_hop_transport_id", link.next())
                .and("next_hop_if", mock.idOf(link.towards().port()))
                .and("next_hop_if_hash", link.towards().descriptionHash())
                .and("remaining_hops", link.remainingHops())
                .and("received_if", mock.idOf(link.from().port()))
                .and("received_if_hash", link.from().descriptionHash())
                .and("hops", link.takenHops())
                .and("destination_hash", link.destination())
                .and("validated", link.isValidated())
                .and("proof_timeout", seconds(link.proofDeadline()))
                .map();
    }

    private static Map<String, Object> seedLink(MockNode mock, Parameters p) {
        long now = mock.node().clock().wallMillis();
        Anchor towards = mock.port(mock.medium(p.text("nh_iface_id"))).anchor();
        Anchor from = mock.port(mock.medium(p.text("rcvd_iface_id"))).anchor();
        DestinationHash id = p.destination("dest");
        parts(mock)
                .traffic()
                .links()
                .put(new TransitLink(
                        id,
                        null,
                        towards,
                        (int) p.number("rem_hops", 99),
                        from,
                        (int) p.number("hops", 99),
                        id,
                        p.flag("validated", true),
                        now + millis(p.optionalDecimal("proof_timeout_in_s").orElse(60.0)),
                        now - millis(p.optionalDecimal("timestamp_age_s").orElse(0.0))));
        return Answer.with("seeded", true).and("dest", id).map();
    }

    /** Entries are fingerprints and found by their packets alone: for a list the table is asked for each that came in. */
    private static Map<String, Object> reverse(MockNode mock, Parameters p) {
        if (p.has("dest")) {
            return reverse(mock, p.bytes("dest"));
        }
        return Answer.of(
                "entries",
                mock.received().stream()
                        .filter(raw -> PacketBytes.isWellFormed(raw, 0, raw.length))
                        .map(raw -> reverse(mock, Arrays.copyOf(PacketBytes.hash(raw), DestinationHash.LENGTH)))
                        .filter(entry -> entry != NOT_FOUND)
                        .toList());
    }

    private static Map<String, Object> reverse(MockNode mock, byte[] key) {
        long entry = parts(mock).traffic().reverse().peek(key, 0);
        if (entry == -1) {
            return NOT_FOUND;
        }
        Port from = parts(mock).ports().byNumber(ReverseTable.from(entry));
        Port to = parts(mock).ports().byNumber(ReverseTable.to(entry));
        return Answer.with("found", true)
                .and("key", key)
                .and("received_if", mock.idOf(from))
                .and("outbound_if", mock.idOf(to))
                .and("received_if_hash", from.anchor().descriptionHash())
                .and("outbound_if_hash", to.anchor().descriptionHash())
                .and("received_if_name", from.name())
                .and("outbound_if_name", to.name())
                .map();
    }

    // ---- the rest ----

    private static Map<String, Object> filter(MockNode mock, Parameters p) {
        byte[] raw = p.bytes("raw");
        PacketBytes.check(raw);
        boolean foreign = PacketBytes.hasTransport(raw, 0)
                && !PacketBytes.transport(raw, 0)
                        .equals(mock.node().router().packetRouter().transportId());
        boolean filtered = parts(mock).ports().sharedInstances().length > 0;
        PacketFilter.Verdict verdict = PacketFilter.judge(
                PacketBytes.type(raw, 0),
                PacketBytes.destinationType(raw, 0),
                PacketBytes.context(raw, 0),
                PacketBytes.hops(raw, 0),
                foreign,
                filtered);
        byte[] hash = PacketBytes.hash(raw);
        var seen = parts(mock).traffic().duplicates();
        boolean once = verdict == PacketFilter.Verdict.ACCEPT_ONCE;
        boolean accepted = verdict.refusal() == null && !(once && seen.contains(hash, 0));
        boolean remembered = accepted && !filtered && p.flag("remember", true);
        if (remembered) {
            seen.add(hash, 0);
        }
        return Answer.with("accepted", accepted)
                .and("packet_hash", hash)
                .and("remembered", remembered)
                .map();
    }

    private static Map<String, Object> tunnels(MockNode mock, Parameters p) {
        List<Map<String, Object>> tunnels = new ArrayList<>();
        parts(mock)
                .tunnels()
                .all()
                .forEach(tunnel -> tunnels.add(Answer.with("tunnel_id", tunnel.id())
                        .and(
                                "interface_hash",
                                tunnel.port().map(port -> port.anchor().descriptionHash()))
                        .and("interface_id", tunnel.port().flatMap(mock::idOf))
                        .and("expires", seconds(tunnel.expires()))
                        .and("num_paths", tunnel.paths().size())
                        .map()));
        return Answer.of("tunnels", tunnels);
    }
}
