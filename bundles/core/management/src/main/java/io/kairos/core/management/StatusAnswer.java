package io.kairos.core.management;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceState;
import io.kairos.lib.bytes.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to {@code /status}, with the keys that Reticulum's tools read. Threads: any. */
final class StatusAnswer {

    private final Router router;
    private final TrafficRates rates;
    private final Optional<DestinationHash> probe;

    /** @param probe address of the probe responder, where there is one */
    StatusAnswer(Router router, TrafficRates rates, Optional<DestinationHash> probe) {
        this.router = router;
        this.rates = rates;
        this.probe = probe;
    }

    /**
     * Answers.
     *
     * @param data a list whose first item says whether the number of transit links is wanted
     * @return {@code null} for anything else
     */
    Object answer(Object data) {
        if (!(data instanceof List<?> list) || list.isEmpty()) {
            return null;
        }
        List<Object> answer = new ArrayList<>();
        answer.add(node());
        if (Boolean.TRUE.equals(list.get(0))) {
            answer.add((long) router.transitLinks());
        }
        return answer;
    }

    Map<String, Object> node() {
        List<InterfaceView> views = router.interfaces();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("interfaces", views.stream().map(view -> entry(view, views)).toList());
        List<InterfaceView> roots =
                views.stream().filter(view -> view.parent().isEmpty()).toList();
        map.put(
                "rxb",
                roots.stream()
                        .mapToLong(view -> view.counters().receivedBytes())
                        .sum());
        map.put(
                "txb",
                roots.stream().mapToLong(view -> view.counters().sentBytes()).sum());
        map.put(
                "rxs",
                roots.stream()
                        .mapToDouble(view -> rates.of(view.name()).received())
                        .sum());
        map.put(
                "txs",
                roots.stream().mapToDouble(view -> rates.of(view.name()).sent()).sum());
        map.put("rss", null);
        if (router.forwards()) {
            map.put("transport_id", router.transportId().toBytes());
            map.put("network_id", null);
            map.put("transport_uptime", router.uptime().toMillis() / 1000.0);
            map.put("probe_responder", probe.map(DestinationHash::toBytes).orElse(null));
        }
        return map;
    }

    private Map<String, Object> entry(InterfaceView view, List<InterfaceView> all) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", view.description());
        map.put("short_name", view.name());
        map.put("hash", hash(view.description()));
        map.put("type", view.description().replaceFirst("\\[.*", ""));
        map.put("status", view.state() == InterfaceState.UP);
        map.put("mode", (long) view.mode().value());
        long clients = all.stream()
                .filter(other -> other.parent().equals(Optional.of(view.name())))
                .count();
        map.put("clients", clients == 0 ? null : clients);
        map.put("bitrate", view.budget().bitsPerSecond());
        map.put("rxb", view.counters().receivedBytes());
        map.put("txb", view.counters().sentBytes());
        map.put("rxs", rates.of(view.name()).received());
        map.put("txs", rates.of(view.name()).sent());
        announces(view, map);
        view.parent().flatMap(name -> named(name, all)).ifPresent(parent -> {
            map.put("parent_interface_name", parent.description());
            map.put("parent_interface_hash", hash(parent.description()));
        });
        return map;
    }

    /** What this node does not measure or does not tell is nil, which the tools understand. */
    private static void announces(InterfaceView view, Map<String, Object> map) {
        map.put("incoming_announce_frequency", view.incomingAnnouncesPerSecond());
        map.put("outgoing_announce_frequency", view.outgoingAnnouncesPerSecond());
        map.put("incoming_pr_frequency", view.incomingPathRequestsPerSecond());
        map.put("outgoing_pr_frequency", view.outgoingPathRequestsPerSecond());
        map.put("announce_rate_target", null);
        map.put("announce_rate_penalty", null);
        map.put("announce_rate_grace", null);
        map.put("held_announces", (long) view.heldAnnounces());
        map.put("burst_active", view.burst());
        map.put("pr_burst_active", false);
        map.put("burst_activated", 0.0);
        map.put("pr_burst_activated", 0.0);
        map.put("gravity", 0L);
        map.put("announces_to_internal", null);
        map.put("ifac_signature", null);
        map.put("ifac_size", null);
        map.put("ifac_netname", null);
        map.put("autoconnect_source", null);
        map.put("announce_queue", (long) view.queuedAnnounces());
    }

    private static Optional<InterfaceView> named(String name, List<InterfaceView> all) {
        return all.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private static byte[] hash(String description) {
        return Hashes.sha256(description.getBytes(StandardCharsets.UTF_8));
    }
}
