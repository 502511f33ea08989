package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.link.Link;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code mesh:links} tells of links that end on this node. */
public final class LinkReport {

    static final String NONE = """
        No link ends on this node at the moment.
          \u2192 Links are opened by programs; links of others that pass through are counted in mesh:status.
        """;

    private LinkReport() {}

    public static String text(List<Link> links) {
        if (links.isEmpty()) {
            return NONE;
        }
        Table table = new Table()
                .left("Link")
                .left("Opened by")
                .left("State")
                .right("Hops")
                .left("Interface")
                .right("Round trip")
                .right("Age")
                .right("Silent")
                .right("Received")
                .right("Sent");
        for (Link link : oldestFirst(links)) {
            table.row(
                    link.id().toHex(),
                    link.isInitiator() ? "this node" : "the other end",
                    link.state().name().toLowerCase(Locale.ROOT),
                    link.hops(),
                    link.interfaceName(),
                    Units.shortTime(link.roundTrip()),
                    Units.duration(link.age()),
                    Units.duration(link.silence()),
                    Units.bytes(link.traffic().receivedBytes()),
                    Units.bytes(link.traffic().sentBytes()));
        }
        return table.toText();
    }

    public static List<Map<String, Object>> json(List<Link> links) {
        return oldestFirst(links).stream()
                .map(link -> new Fields()
                        .put("link", link.id().toHex())
                        .put("destination", link.destination().toHex())
                        .put("initiator", link.isInitiator())
                        .put("state", link.state())
                        .put("hops", link.hops())
                        .put("interface", link.interfaceName())
                        .put("mtu_bytes", link.mtu())
                        .put("round_trip_ms", link.roundTrip().toNanos() / 1e6)
                        .put("age_seconds", link.age().toSeconds())
                        .put("silence_seconds", link.silence().toSeconds())
                        .put("received_bytes", link.traffic().receivedBytes())
                        .put("sent_bytes", link.traffic().sentBytes())
                        .put(
                                "remote_identity",
                                link.remoteIdentity()
                                        .map(remote -> remote.hash().toHex()))
                        .toMap())
                .toList();
    }

    private static List<Link> oldestFirst(List<Link> links) {
        return links.stream()
                .sorted(Comparator.comparing(Link::age).reversed().thenComparing(Link::id))
                .toList();
    }
}
