package io.kairos.core.router;

import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.known.KnownBook;
import io.kairos.core.router.ports.Port;
import io.kairos.core.router.ports.Ports;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The router and its interfaces in numbers. Neighbours are counted and never named. Threads: any. */
final class RouterNumbers implements MetricSource {

    private static final String PREFIX = "kairos_router_";

    private final Router router;
    private final Ports ports;
    private final PathViews paths;
    private final KnownBook known;
    private final Verifiers verifiers;

    RouterNumbers(Router router, Ports ports, PathViews paths, KnownBook known, Verifiers verifiers) {
        this.router = router;
        this.ports = ports;
        this.paths = paths;
        this.known = known;
        this.verifiers = verifiers;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(gauge("paths", "Destinations that a way is known to.", paths.size()));
        metrics.add(gauge("known_destinations", "Destinations that were heard of.", known.size()));
        metrics.add(gauge("transit_links", "Links of others that pass through.", router.transitLinks()));
        metrics.add(gauge("waiting_checks", "Signature checks that wait.", verifiers.waiting()));
        metrics.add(gauge("forwards", "1 while it forwards for others.", router.forwards() ? 1 : 0));
        metrics.add(
                gauge("uptime_seconds", "How long it has run.", router.uptime().toMillis() / 1000.0));
        Map<String, String> labels = Map.of(Networks.PROPERTY, router.network());
        metrics.add(
                counter("forwarded_packets_total", "Packets forwarded for others.", labels, router.forwardedPackets()));
        router.refusals()
                .forEach((reason, count) -> metrics.add(counter(
                        "refused_packets_total",
                        "Packets refused or dropped, by reason.",
                        Map.of(Networks.PROPERTY, router.network(), "reason", reason),
                        count)));
        interfaces(metrics);
        return metrics;
    }

    private void interfaces(List<Metric> metrics) {
        Map<String, Long> neighbours = neighbours();
        for (InterfaceView view : router.interfaces()) {
            if (view.parent().isEmpty()) {
                metrics.addAll(InterfaceNumbers.of(router.network(), view, neighbours.getOrDefault(view.name(), 0L)));
            }
        }
    }

    /** By the names of interfaces: how many hang on it or are told apart by its medium, never who. */
    private Map<String, Long> neighbours() {
        Map<String, Long> counts = new HashMap<>();
        for (Port port : ports.all()) {
            Port counted = port.parent().orElse(port);
            counts.merge(
                    counted.name(), counted == port ? port.medium().neighbours().size() : 1L, Long::sum);
        }
        return counts;
    }

    private Metric gauge(String name, String help, double value) {
        return new Metric(PREFIX + name, help, Metric.Kind.GAUGE, Map.of(Networks.PROPERTY, router.network()), value);
    }

    private static Metric counter(String name, String help, Map<String, String> labels, double value) {
        return new Metric(PREFIX + name, help, Metric.Kind.COUNTER, labels, value);
    }
}
