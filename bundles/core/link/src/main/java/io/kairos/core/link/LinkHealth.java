package io.kairos.core.link;

import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.health.Metric;
import io.kairos.api.health.MetricSource;
import io.kairos.api.identity.Networks;
import io.kairos.core.link.LinkTally.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers and findings about links and transfers. Threads: any. */
final class LinkHealth implements HealthCheck, MetricSource {

    private static final Set<Event> LINKS =
            EnumSet.of(Event.LINK_OPENED, Event.LINK_ACCEPTED, Event.LINK_UNANSWERED, Event.LINK_REFUSED);
    private static final Set<Event> RESOURCES = EnumSet.of(
            Event.RESOURCE_SENT,
            Event.RESOURCE_NOT_SENT,
            Event.RESOURCE_RECEIVED,
            Event.RESOURCE_NOT_RECEIVED,
            Event.RESOURCE_NO_MEMORY);

    private final String network;
    private final EndpointsCore core;
    private final LinkTally tally;
    private final Surroundings surroundings;

    LinkHealth(EndpointsCore core, String network) {
        this.network = network;
        this.core = core;
        this.tally = core.tally();
        this.surroundings = core.surroundings();
    }

    @Override
    public String subject() {
        return network.equals(Networks.MAIN) ? "links" : "links, network " + network;
    }

    @Override
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        if (surroundings.router().find().isEmpty()) {
            findings.add(Finding.error(
                    "There is no router: nothing can be sent or received",
                    "Start io.kairos.core.router; links go on."));
        }
        if (surroundings.suite().find().isEmpty()) {
            findings.add(Finding.error(
                    "There is no crypto suite: no link can be opened", "Start io.kairos.crypto.reticulum."));
        }
        warnAbout(
                findings,
                Event.LINK_REFUSED,
                "%d link requests were refused because too many others waited to be completed",
                "Somebody may be flooding this node: see which interface brings them with mesh:status.");
        warnAbout(
                findings,
                Event.RESOURCE_NO_MEMORY,
                "%d offered transfers had to wait because the memory for them was used up",
                "Give the node a larger heap with KAIROS_HEAP, or let fewer peers send at the same time.");
        warnAbout(
                findings,
                Event.TASK_FAILED,
                "%d packets or calls on links were lost by a fault of Kairos",
                "Please report the stack trace in the log.");
        findings.add(Finding.ok("%d links end here, at %d destinations"
                .formatted(core.links().size(), core.destinations().size())));
        return findings;
    }

    private void warnAbout(List<Finding> findings, Event event, String message, String remedy) {
        long count = tally.of(event);
        if (count > 0) {
            findings.add(Finding.warning(message.formatted(count), remedy));
        }
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(
                gauge("kairos_link_open", "Links that end here.", core.links().size()));
        metrics.add(gauge(
                "kairos_link_destinations",
                "Destinations of this node.",
                core.destinations().size()));
        metrics.add(gauge(
                "kairos_link_send_memory_free_bytes",
                "Memory left for segments that are being sent.",
                core.sendBudget().freeBytes()));
        metrics.add(gauge(
                "kairos_link_receive_memory_free_bytes",
                "Memory left for segments that are being received.",
                core.receiveBudget().freeBytes()));
        LINKS.forEach(event ->
                metrics.add(counter("kairos_link_links_total", "Links, by what became of them.", "outcome", event)));
        RESOURCES.forEach(event -> metrics.add(
                counter("kairos_link_resources_total", "Transfers, by what became of them.", "outcome", event)));
        metrics.add(counter(
                "kairos_link_refused_packets_total",
                "Packets on links that were dropped.",
                "reason",
                Event.PACKET_DROPPED));
        metrics.add(counter(
                "kairos_link_failed_tasks_total",
                "Packets and calls lost by a fault of Kairos.",
                "reason",
                Event.TASK_FAILED));
        return metrics;
    }

    private Metric gauge(String name, String help, double value) {
        return new Metric(name, help, Metric.Kind.GAUGE, Map.of("network", network), value);
    }

    private Metric counter(String name, String help, String label, Event event) {
        return new Metric(
                name, help, Metric.Kind.COUNTER, Map.of("network", network, label, event.word()), tally.of(event));
    }
}
