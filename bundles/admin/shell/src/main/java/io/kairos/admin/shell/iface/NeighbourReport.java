package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whom one interface hears.
 *
 * @param children neighbours that are interfaces of their own
 * @param heard those that the medium can tell apart by itself, the last one heard first
 */
record NeighbourReport(List<InterfaceView> children, List<Neighbour> heard) {

    private static final String UNKNOWN = "-";

    static NeighbourReport of(String name, Collection<Router> routers, Collection<MeshInterface> media) {
        return new NeighbourReport(
                routers.stream()
                        .flatMap(router -> router.interfaces().stream())
                        .filter(view -> view.parent().equals(Optional.of(name)))
                        .toList(),
                heard(name, media));
    }

    /** Those that the medium of an interface can tell apart by itself. */
    static List<Neighbour> heard(String name, Collection<MeshInterface> media) {
        return media.stream()
                .filter(each -> each.name().equals(name))
                .flatMap(each -> each.neighbours().stream())
                .toList();
    }

    String text(long nowMillis) {
        if (children.isEmpty() && heard.isEmpty()) {
            return "Nobody has been heard yet, or this kind of interface cannot tell who sends.\n";
        }
        Table table = new Table()
                .left("Neighbour")
                .right("Packets")
                .right("Received")
                .right("Last heard")
                .left("Signal");
        children.forEach(each -> table.row(
                each.name(),
                Units.count(each.counters().receivedPackets()),
                Units.bytes(each.counters().receivedBytes()),
                UNKNOWN,
                UNKNOWN));
        heard.forEach(each -> table.row(
                each.name(),
                Units.count(each.packets()),
                Units.bytes(each.bytes()),
                Units.age(nowMillis, each.heardMillis()) + " ago",
                each.signal().map(NeighbourReport::text).orElse(UNKNOWN)));
        return table.toText();
    }

    List<Map<String, Object>> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        children.forEach(each -> all.add(json(
                each.name(),
                each.counters().receivedPackets(),
                each.counters().receivedBytes(),
                Optional.empty(),
                Optional.empty())));
        heard.forEach(each -> all.add(json(
                each.name(), each.packets(), each.bytes(), Optional.of(Units.iso(each.heardMillis())), each.signal())));
        return all;
    }

    private static Map<String, Object> json(
            String name, long packets, long bytes, Optional<String> heard, Optional<Signal> signal) {
        return new Fields()
                .put("name", name)
                .put("received_packets", packets)
                .put("received_bytes", bytes)
                .put("last_heard", heard)
                .put("rssi_dbm", signal.map(Signal::rssiDbm))
                .put("snr_db", signal.map(Signal::snrDb))
                .put("quality_percent", signal.map(Signal::quality))
                .toMap();
    }

    private static String text(Signal signal) {
        List<String> known = new ArrayList<>();
        add(signal.rssiDbm(), "dBm", known);
        add(signal.snrDb(), "dB", known);
        add(signal.quality(), "%", known);
        return known.isEmpty() ? UNKNOWN : String.join(", ", known);
    }

    private static void add(double value, String unit, List<String> known) {
        if (Double.isFinite(value)) {
            known.add(String.format(Locale.ROOT, "%.1f %s", value, unit));
        }
    }
}
