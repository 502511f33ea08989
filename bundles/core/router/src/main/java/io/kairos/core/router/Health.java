package io.kairos.core.router;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceState;
import io.kairos.core.router.announce.Verifiers;
import io.kairos.core.router.known.KnownBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Checks and numbers of the router. Threads: any. */
final class Health implements MetricSource {

    private final Router router;
    private final PathViews paths;
    private final KnownBook known;
    private final Verifiers verifiers;
    private final Collaborators with;

    Health(Router router, PathViews paths, KnownBook known, Verifiers verifiers, Collaborators with) {
        this.router = router;
        this.paths = paths;
        this.known = known;
        this.verifiers = verifiers;
        this.with = with;
    }

    HealthCheck interfaces() {
        return check(subject("interfaces"), this::examineInterfaces);
    }

    HealthCheck paths() {
        return check(subject("paths"), this::examinePaths);
    }

    private String subject(String what) {
        return isMain() ? what : what + ", network " + router.network();
    }

    private boolean isMain() {
        return router.network().equals(Networks.MAIN);
    }

    private static HealthCheck check(String subject, Supplier<List<Finding>> examination) {
        return new HealthCheck() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> examine() {
                return examination.get();
            }
        };
    }

    private List<Finding> examineInterfaces() {
        List<Router.InterfaceView> views = router.interfaces();
        if (views.isEmpty()) {
            return List.of(
                    isMain()
                            ? Finding.error(
                                    "This node has no interface",
                                    "Add one, for example with iface:add tcp-client or iface:add auto.")
                            : Finding.error(
                                    "The network %s has no interface".formatted(router.network()),
                                    "Add one with network=%s, for example with iface:add tcp-client."
                                            .formatted(router.network())));
        }
        List<Finding> findings = new ArrayList<>();
        int up = 0;
        for (Router.InterfaceView view : views) {
            if (view.state() == InterfaceState.UP) {
                up++;
            } else if (view.state() != InterfaceState.DISABLED) {
                findings.add(view.failure()
                        .map(why -> Finding.warning(
                                "Interface %s is %s: %s"
                                        .formatted(
                                                view.name(),
                                                view.state() == InterfaceState.STARTING ? "starting" : "down",
                                                why.message()),
                                why.remedy()))
                        .orElseGet(() -> Finding.warning(
                                "Interface %s is not up yet".formatted(view.name()),
                                "Wait a minute; mesh:status shows whether it comes up.")));
            }
        }
        findings.add(verdict(up, views));
        return findings;
    }

    private static Finding verdict(int up, List<Router.InterfaceView> views) {
        if (up > 0) {
            return Finding.ok("%d of %d interfaces are up".formatted(up, views.size()));
        }
        return views.stream().anyMatch(view -> view.state() == InterfaceState.STARTING)
                ? Finding.warning("No interface is up yet", "Wait a minute; mesh:status shows whether one comes up.")
                : Finding.error("No interface is up", "See the interfaces above; the mesh cannot be reached.");
    }

    private List<Finding> examinePaths() {
        List<Finding> findings = new ArrayList<>();
        if (with.suite().get().isEmpty()) {
            findings.add(Finding.error(
                    "No crypto suite is there: announces are refused, closed interfaces are silent",
                    "Install kairos-crypto-reticulum and see bundle:list."));
        }
        if (with.strategy().get().isEmpty()) {
            findings.add(Finding.warning(
                    "No routing strategy is there: only first paths are accepted",
                    "Install kairos-routing-reticulum and see bundle:list."));
        }
        long refused = router.refusals().getOrDefault(Refusal.ANNOUNCE_QUEUE_FULL.word(), 0L);
        if (refused > 0) {
            findings.add(Finding.warning(
                    "%d announces were dropped because more came than could be checked".formatted(refused),
                    "See which interface brings them with mesh:status; ingress.control limits it."));
        }
        findings.add(Finding.ok("%d paths, %d known destinations".formatted(paths.size(), known.size())));
        return findings;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(gauge("kairos_router_paths", "Paths in use", paths.size()));
        metrics.add(gauge("kairos_router_known_destinations", "Destinations that were heard of", known.size()));
        metrics.add(gauge("kairos_router_transit_links", "Links of others that pass through", router.transitLinks()));
        metrics.add(gauge("kairos_router_waiting_checks", "Signature checks that wait", verifiers.waiting()));
        metrics.add(counter(
                "kairos_router_forwarded_packets_total",
                "Packets forwarded for others",
                labels(),
                router.forwardedPackets()));
        router.refusals()
                .forEach((reason, count) -> metrics.add(counter(
                        "kairos_router_refused_packets_total",
                        "Packets refused, by reason",
                        labels("reason", reason),
                        count)));
        for (Router.InterfaceView view : router.interfaces()) {
            if (view.parent().isEmpty()) {
                interfaceMetrics(view, metrics);
            }
        }
        return metrics;
    }

    private void interfaceMetrics(Router.InterfaceView view, List<Metric> metrics) {
        Map<String, String> labels = labels("interface", view.name());
        boolean up = view.state() == InterfaceState.UP;
        metrics.add(new Metric("kairos_interface_up", "1 while it is up", Metric.Kind.GAUGE, labels, up ? 1 : 0));
        String bytes = "Bytes without framing";
        metrics.add(counter(
                "kairos_interface_received_bytes_total",
                bytes,
                labels,
                view.counters().receivedBytes()));
        metrics.add(counter(
                "kairos_interface_sent_bytes_total",
                bytes,
                labels,
                view.counters().sentBytes()));
        metrics.add(counter(
                "kairos_interface_received_packets_total",
                "Packets",
                labels,
                view.counters().receivedPackets()));
        metrics.add(counter(
                "kairos_interface_sent_packets_total",
                "Packets",
                labels,
                view.counters().sentPackets()));
        metrics.add(counter(
                "kairos_interface_dropped_packets_total",
                "Packets that could not be sent",
                labels,
                view.counters().droppedOutgoing()));
    }

    private Map<String, String> labels() {
        return Map.of(Networks.PROPERTY, router.network());
    }

    private Map<String, String> labels(String key, String value) {
        return Map.of(Networks.PROPERTY, router.network(), key, value);
    }

    private Metric gauge(String name, String help, double value) {
        return new Metric(name, help, Metric.Kind.GAUGE, labels(), value);
    }

    private static Metric counter(String name, String help, Map<String, String> labels, double value) {
        return new Metric(name, help, Metric.Kind.COUNTER, labels, value);
    }
}
