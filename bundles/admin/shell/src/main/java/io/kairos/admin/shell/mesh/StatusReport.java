package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Arguments;
import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code mesh:status} tells: the node in two lines, then each interface in a paragraph. */
public final class StatusReport {

    private static final String NONE_YET = """
        No interface is configured yet, so the node cannot hear anybody.
          \u2192 See what a settings file looks like with iface:example tcp-client, or add one with
            iface:add tcp-client name=<name> <key>=<value>; iface:list -k lists the kinds.
        """;

    private final List<Router> routers;
    private final Rates rates;
    private final long nowMillis;

    public StatusReport(List<Router> routers, Rates rates, long nowMillis) {
        this.routers = routers;
        this.rates = rates;
        this.nowMillis = nowMillis;
    }

    /**
     * For people.
     *
     * @param filter show only interfaces with this name, or whose name contains it
     * @param all whether neighbours that are interfaces of their own are listed too
     */
    public String text(Optional<String> filter, boolean all) {
        return text(filter, all, StatusView.PLAIN);
    }

    /** The same, arranged as the operator asked. */
    String text(Optional<String> filter, boolean all, StatusView arranged) {
        StringBuilder out = new StringBuilder();
        for (Router router : routers) {
            List<InterfaceView> views = router.interfaces();
            out.append(node(router));
            if (shown(views, filter).isEmpty() && filter.isEmpty()) {
                out.append('\n').append(NONE_YET);
            }
            for (InterfaceView view : arranged.arrange(shown(views, filter), rates)) {
                out.append('\n').append(paragraph(view, children(views, view), all));
                if (arranged.requests()) {
                    line(out, "Requests", requests(view));
                }
            }
            if (arranged.totals()) {
                out.append('\n').append(totals(views));
            }
        }
        return out.toString();
    }

    /** One interface with its neighbours, for people. */
    public String one(InterfaceView view) {
        List<InterfaceView> views =
                routers.stream().flatMap(router -> router.interfaces().stream()).toList();
        return paragraph(view, children(views, view), true);
    }

    /** For scripts: a list with one entry for each network. */
    public List<Map<String, Object>> json(Optional<String> filter) {
        return routers.stream().map(router -> json(router, filter)).toList();
    }

    private Map<String, Object> json(Router router, Optional<String> filter) {
        return new Fields()
                .put("network", router.network())
                .put("transport_id", router.transportId().toHex())
                .put("forwards", router.forwards())
                .put("uptime_seconds", router.uptime().toSeconds())
                .put("forwarded_packets", router.forwardedPackets())
                .put("transit_links", router.transitLinks())
                .put(
                        "interfaces",
                        matching(router.interfaces(), filter).stream()
                                .map(view -> InterfaceJson.of(view, rates))
                                .toList())
                .toMap();
    }

    private String node(Router router) {
        return "Network %s: %s, up %s%n  Transport id  %s%n  For others    %s, %s%n"
                .formatted(
                        router.network(),
                        router.forwards() ? "forwards for others" : "does not forward for others",
                        Units.duration(router.uptime()),
                        router.transportId().toHex(),
                        Units.count(router.forwardedPackets(), "packet") + " forwarded",
                        Units.count(router.transitLinks(), "link") + " passing through");
    }

    /** Interfaces without a parent, or, where the operator names one, exactly what was named. */
    private List<InterfaceView> shown(List<InterfaceView> views, Optional<String> filter) {
        return filter.isPresent()
                ? matching(views, filter)
                : views.stream().filter(view -> view.parent().isEmpty()).toList();
    }

    private List<InterfaceView> matching(List<InterfaceView> views, Optional<String> filter) {
        if (filter.isEmpty()) {
            return views;
        }
        String wanted = filter.get();
        List<InterfaceView> exact =
                views.stream().filter(view -> view.name().equals(wanted)).toList();
        List<InterfaceView> found = !exact.isEmpty()
                ? exact
                : views.stream().filter(view -> contains(view.name(), wanted)).toList();
        if (found.isEmpty() && routers.size() == 1) {
            throw Arguments.wrong("There is no interface '%s'.".formatted(wanted), "There is: " + names(views) + ".");
        }
        return found;
    }

    private static String names(List<InterfaceView> views) {
        String names = views.stream()
                .filter(view -> view.parent().isEmpty())
                .map(InterfaceView::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none, iface:example tcp-client helps to add one" : names;
    }

    private static boolean contains(String name, String wanted) {
        return name.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }

    private static List<InterfaceView> children(List<InterfaceView> views, InterfaceView parent) {
        return views.stream()
                .filter(view -> view.parent().equals(Optional.of(parent.name())))
                .toList();
    }

    private String paragraph(InterfaceView view, List<InterfaceView> children, boolean all) {
        StringBuilder out = new StringBuilder();
        out.append("%s (%s) %s%n".formatted(Units.printable(view.name()), view.kind(), state(view)));
        view.failure().ifPresent(failure -> out.append(failure.toText().indent(2)));
        line(out, "Medium", medium(view));
        Optional<Rates.Rate> rate = rates.of(view);
        InterfaceCounters counters = view.counters();
        line(
                out,
                "Received",
                traffic(counters.receivedBytes(), counters.receivedPackets())
                        + rate.map(r -> now(r.receivedBytes(), r.receivedPackets()))
                                .orElse(""));
        line(
                out,
                "Sent",
                traffic(counters.sentBytes(), counters.sentPackets())
                        + rate.map(r -> now(r.sentBytes(), r.sentPackets())).orElse(""));
        line(out, "Announces", announces(view));
        dropped(counters).ifPresent(text -> line(out, "Dropped", text));
        if (!children.isEmpty()) {
            String hint = all ? "" : " (mesh:status -a lists them)";
            line(out, "Neighbours", Units.count(children.size()) + hint);
        }
        if (all && !children.isEmpty()) {
            childTable(children)
                    .lines()
                    .forEach(text -> out.append("    ").append(text).append('\n'));
        }
        return out.toString();
    }

    private String state(InterfaceView view) {
        String since =
                view.state() == InterfaceState.UP ? ", added " + Units.age(nowMillis, view.sinceMillis()) + " ago" : "";
        return view.state() + since;
    }

    private static String medium(InterfaceView view) {
        return "%s mode, %s%s%s%s"
                .formatted(
                        view.mode().word(),
                        Units.bitRate(view.budget().bitsPerSecond()),
                        view.budget().packetBytes() > 0
                                ? ", packets up to " + Units.bytes(view.budget().packetBytes())
                                : "",
                        view.closed() ? ", closed by an access code" : "",
                        view.tunnel() ? ", tunnel" : "");
    }

    private static String announces(InterfaceView view) {
        return "%s in, %s out, %d held back, %d queued%s"
                .formatted(
                        Units.rate(view.incomingAnnouncesPerSecond()),
                        Units.rate(view.outgoingAnnouncesPerSecond()),
                        view.heldAnnounces(),
                        view.queuedAnnounces(),
                        view.burst() ? "; too many arrive, unknown ones are held back" : "");
    }

    private static String requests(InterfaceView view) {
        return "%s in, %s out"
                .formatted(
                        Units.rate(view.incomingPathRequestsPerSecond()),
                        Units.rate(view.outgoingPathRequestsPerSecond()));
    }

    /** A child's traffic is in its parent's. */
    private static String totals(List<InterfaceView> views) {
        List<InterfaceCounters> counters = views.stream()
                .filter(view -> view.parent().isEmpty())
                .map(InterfaceView::counters)
                .toList();
        StringBuilder out = new StringBuilder("All interfaces\n");
        line(
                out,
                "Received",
                traffic(
                        counters.stream()
                                .mapToLong(InterfaceCounters::receivedBytes)
                                .sum(),
                        counters.stream()
                                .mapToLong(InterfaceCounters::receivedPackets)
                                .sum()));
        line(
                out,
                "Sent",
                traffic(
                        counters.stream()
                                .mapToLong(InterfaceCounters::sentBytes)
                                .sum(),
                        counters.stream()
                                .mapToLong(InterfaceCounters::sentPackets)
                                .sum()));
        return out.toString();
    }

    private static Optional<String> dropped(InterfaceCounters counters) {
        if (counters.droppedOutgoing() + counters.droppedIncoming() + counters.malformedFrames() == 0) {
            return Optional.empty();
        }
        return Optional.of("%s outgoing, %s incoming, %s malformed"
                .formatted(
                        Units.count(counters.droppedOutgoing()),
                        Units.count(counters.droppedIncoming()),
                        Units.count(counters.malformedFrames())));
    }

    private static String childTable(List<InterfaceView> children) {
        Table table = new Table()
                .left("Neighbour")
                .left("State")
                .right("Bit rate")
                .right("Received")
                .right("Packets")
                .right("Sent")
                .right("Packets");
        for (InterfaceView child : children) {
            InterfaceCounters counters = child.counters();
            table.row(
                    child.name(),
                    child.state(),
                    Units.bitRate(child.budget().bitsPerSecond()),
                    Units.bytes(counters.receivedBytes()),
                    Units.count(counters.receivedPackets()),
                    Units.bytes(counters.sentBytes()),
                    Units.count(counters.sentPackets()));
        }
        return table.toText();
    }

    private static String traffic(long bytes, long packets) {
        return Units.bytes(bytes) + " in " + Units.count(packets, "packet");
    }

    private static String now(double bytes, double packets) {
        return ", now " + Units.byteRate(bytes) + " in " + Units.rate(packets).replace("/s", " packets/s");
    }

    private static void line(StringBuilder out, String label, String text) {
        out.append("  %-11s %s".formatted(label, text).stripTrailing()).append('\n');
    }
}
