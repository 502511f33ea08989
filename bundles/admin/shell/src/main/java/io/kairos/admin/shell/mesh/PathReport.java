package io.kairos.admin.shell.mesh;

import io.kairos.admin.shell.Fields;
import io.kairos.admin.shell.Table;
import io.kairos.admin.shell.Units;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.routing.PathTable.RateView;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code mesh:path} tells about paths and announce rates. */
public final class PathReport {

    static final String NO_PATH = """
        No path is known yet.
          \u2192 Paths come with announces, see mesh:announces; ask for one with mesh:path <destination>.
        """;

    static final String NO_RATE = """
        No announce has been counted yet.
          \u2192 mesh:announces shows announces as they are heard; mesh:status shows whether an interface is up.
        """;

    private final long nowMillis;

    public PathReport(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    /** Nearest first. */
    static List<PathView> sorted(List<PathView> paths, int maxHops) {
        return paths.stream()
                .filter(view -> view.path().hops() <= maxHops)
                .sorted(Comparator.comparingInt((PathView view) -> view.path().hops())
                        .thenComparing(PathView::destination))
                .toList();
    }

    public String text(List<PathView> paths) {
        if (paths.isEmpty()) {
            return NO_PATH;
        }
        Table table = new Table()
                .left("Destination")
                .right("Hops")
                .left("Next hop")
                .left("Interface")
                .right("Heard ago")
                .right("Expires in")
                .left("Last use");
        for (PathView view : paths) {
            PathCandidate path = view.path();
            table.row(
                    view.destination().toHex(),
                    path.hops(),
                    path.nextHop().equals(view.destination())
                            ? "direct"
                            : path.nextHop().toHex(),
                    path.interfaceName() + (path.interfaceUp() ? "" : " (down)"),
                    Units.age(nowMillis, path.heardMillis()),
                    Units.until(nowMillis, path.expiresMillis()),
                    path.responsiveness().name().toLowerCase(Locale.ROOT));
        }
        return table.toText() + Units.count(paths.size(), "path") + ". mesh:explain <destination> tells why.\n";
    }

    public List<Map<String, Object>> json(List<PathView> paths) {
        return paths.stream()
                .map(view -> json(view.path())
                        .put("destination", view.destination().toHex())
                        .toMap())
                .toList();
    }

    static Fields json(PathCandidate path) {
        return new Fields()
                .put("next_hop", path.nextHop().toHex())
                .put("interface", path.interfaceName())
                .put("interface_up", path.interfaceUp())
                .put("hops", path.hops())
                .put("heard", Units.iso(path.heardMillis()))
                .put("used", path.usedMillis() == 0 ? null : Units.iso(path.usedMillis()))
                .put("expires", Units.iso(path.expiresMillis()))
                .put("responsiveness", path.responsiveness())
                .put("mode", path.mode().word())
                .put("gravity", path.gravity())
                .put("bits_per_second", path.bitsPerSecond())
                .put("cost_per_megabyte", path.costPerMegabyte())
                .put("round_trip_ms", path.roundTripMillis())
                .put("loss_share", path.lossShare());
    }

    public String ratesText(List<RateView> rates) {
        if (rates.isEmpty()) {
            return NO_RATE;
        }
        Table table = new Table()
                .left("Destination")
                .right("Last ago")
                .right("Counted")
                .right("Per hour")
                .right("Too early")
                .left("Repeated");
        for (RateView rate : newestFirst(rates)) {
            boolean blocked = rate.blockedUntilMillis() > nowMillis;
            table.row(
                    rate.destination().toHex(),
                    Units.age(nowMillis, rate.lastMillis()),
                    rate.timestampsMillis().size(),
                    perHour(rate),
                    rate.violations(),
                    blocked ? "again in " + Units.until(nowMillis, rate.blockedUntilMillis()) : "yes");
        }
        return table.toText();
    }

    public List<Map<String, Object>> ratesJson(List<RateView> rates) {
        return newestFirst(rates).stream()
                .map(rate -> new Fields()
                        .put("destination", rate.destination().toHex())
                        .put("last", Units.iso(rate.lastMillis()))
                        .put("violations", rate.violations())
                        .put("blocked", rate.blockedUntilMillis() > nowMillis)
                        .put(
                                "blocked_until",
                                rate.blockedUntilMillis() == 0 ? null : Units.iso(rate.blockedUntilMillis()))
                        .put(
                                "timestamps",
                                rate.timestampsMillis().stream().map(Units::iso).toList())
                        .toMap())
                .toList();
    }

    private static List<RateView> newestFirst(List<RateView> rates) {
        return rates.stream()
                .sorted(Comparator.comparingLong(RateView::lastMillis)
                        .reversed()
                        .thenComparing(RateView::destination))
                .toList();
    }

    /** Between the oldest and the newest announce that were counted; a single one has no rate. */
    private static String perHour(RateView rate) {
        List<Long> times = rate.timestampsMillis();
        if (times.size() < 2) {
            return "-";
        }
        double hours = Math.max(1, times.get(times.size() - 1) - times.get(0)) / 3_600_000.0;
        return String.format(Locale.ROOT, "%.1f", (times.size() - 1) / hours);
    }
}
