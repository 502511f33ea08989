package io.kairos.core.router;

import io.kairos.api.health.Metric;
import io.kairos.api.identity.Networks;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One interface in numbers, told apart by the name that its operator gave it. */
final class InterfaceNumbers {

    private static final String PREFIX = "kairos_interface_";

    private final Map<String, String> labels;
    private final List<Metric> metrics = new ArrayList<>();

    private InterfaceNumbers(Map<String, String> labels) {
        this.labels = labels;
    }

    /** All numbers of an interface with so many neighbours. */
    static List<Metric> of(String network, InterfaceView view, long neighbours) {
        InterfaceNumbers numbers = new InterfaceNumbers(Map.of(Networks.PROPERTY, network, "interface", view.name()));
        numbers.traffic(view.counters());
        numbers.state(view, neighbours);
        return numbers.metrics;
    }

    private void traffic(InterfaceCounters counters) {
        counter("received_packets_total", "Packets that came.", counters.receivedPackets());
        counter("received_bytes_total", "Bytes that came, without framing.", counters.receivedBytes());
        counter("sent_packets_total", "Packets sent or queued.", counters.sentPackets());
        counter("sent_bytes_total", "Bytes sent or queued, without framing.", counters.sentBytes());
        counter(
                "dropped_outgoing_packets_total",
                "Packets that were not sent: it was down or its queue full.",
                counters.droppedOutgoing());
        counter(
                "dropped_incoming_packets_total",
                "Packets that came while the router was away.",
                counters.droppedIncoming());
        counter("malformed_frames_total", "Frames that were no packets.", counters.malformedFrames());
    }

    private void state(InterfaceView view, long neighbours) {
        gauge("up", "1 while packets can be sent.", view.state() == InterfaceState.UP ? 1 : 0);
        gauge("neighbours", "Neighbours connected or heard, where the medium can tell them apart.", neighbours);
        gauge(
                "bitrate_bits_per_second",
                "What routing expects of it.",
                view.budget().bitsPerSecond());
        gauge(
                "airtime_limit_ratio",
                "Share of the time that it may send.",
                view.budget().airtimeShare());
        gauge(
                "cost_per_megabyte",
                "What a megabyte costs, compared with other interfaces.",
                view.budget().costPerMegabyte());
        gauge("held_announces", "Announces held back because too many came.", view.heldAnnounces());
        gauge("queued_announces", "Announces that wait for their share of the time.", view.queuedAnnounces());
    }

    private void counter(String name, String help, long value) {
        metrics.add(new Metric(PREFIX + name, help, Metric.Kind.COUNTER, labels, value));
    }

    private void gauge(String name, String help, double value) {
        metrics.add(new Metric(PREFIX + name, help, Metric.Kind.GAUGE, labels, value));
    }
}
