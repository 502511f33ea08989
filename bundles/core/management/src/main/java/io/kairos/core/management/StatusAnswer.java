package io.kairos.core.management;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.Router;
import io.kairos.api.routing.Router.InterfaceDetails;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.lib.bytes.Hashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The answer to {@code /status}, with the keys that Reticulum's tools read. Threads: any. */
final class StatusAnswer {

    private final Router router;
    private final TrafficRates rates;
    private final Supplier<Optional<Long>> memory;
    private final Supplier<Optional<DestinationHash>> probe;
    private final Supplier<Optional<String>> network;

    /**
     * @param memory resident memory of the node in bytes, where it may be told
     * @param probe address of the probe responder, where there is one
     * @param network hash of the identity that stands for the network of this node, hexadecimal
     */
    StatusAnswer(
            Router router,
            TrafficRates rates,
            Supplier<Optional<Long>> memory,
            Supplier<Optional<DestinationHash>> probe,
            Supplier<Optional<String>> network) {
        this.router = router;
        this.rates = rates;
        this.memory = memory;
        this.probe = probe;
        this.network = network;
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
        map.put("rss", memory.get().orElse(null));
        if (router.forwards()) {
            map.put("transport_id", router.transportId().toBytes());
            map.put("network_id", network.get().map(HexFormat.of()::parseHex).orElse(null));
            map.put("transport_uptime", router.uptime().toMillis() / 1000.0);
            map.put("probe_responder", probe.get().map(DestinationHash::toBytes).orElse(null));
        }
        return map;
    }

    private Map<String, Object> entry(InterfaceView view, List<InterfaceView> all) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", view.description());
        map.put("short_name", view.name());
        map.put("hash", hash(view.description()));
        map.put("type", InterfaceKinds.type(view.description()));
        map.put("status", view.state() == InterfaceState.UP);
        map.put("mode", (long) view.mode().value());
        long children = all.stream()
                .filter(other -> other.parent().equals(Optional.of(view.name())))
                .count();
        map.put("clients", InterfaceKinds.clients(view.description(), children));
        if (InterfaceKinds.hasPeers(view.description())) {
            map.put("peers", children);
        }
        map.put("bitrate", view.budget().bitsPerSecond());
        map.put("rxb", view.counters().receivedBytes());
        map.put("txb", view.counters().sentBytes());
        map.put("rxs", rates.of(view.name()).received());
        map.put("txs", rates.of(view.name()).sent());
        announces(view, map);
        router.medium(view.name()).ifPresent(medium -> map.putAll(MediumFields.of(view, medium)));
        view.parent().flatMap(name -> named(name, all)).ifPresent(parent -> {
            map.put("parent_interface_name", parent.description());
            map.put("parent_interface_hash", hash(parent.description()));
        });
        return map;
    }

    /** What this node does not measure or does not tell is nil, which the tools understand. */
    private void announces(InterfaceView view, Map<String, Object> map) {
        map.put("incoming_announce_frequency", view.incomingAnnouncesPerSecond());
        map.put("outgoing_announce_frequency", view.outgoingAnnouncesPerSecond());
        map.put("incoming_pr_frequency", view.incomingPathRequestsPerSecond());
        map.put("outgoing_pr_frequency", view.outgoingPathRequestsPerSecond());
        map.put("held_announces", (long) view.heldAnnounces());
        map.put("announce_queue", (long) view.queuedAnnounces());
        Optional<InterfaceDetails> details = router.details(view.name());
        map.put("burst_active", details.map(InterfaceDetails::announceBurst).orElse(view.burst()));
        map.put("burst_activated", seconds(details.map(InterfaceDetails::announceBurstMillis)));
        map.put("pr_burst_active", details.map(InterfaceDetails::requestBurst).orElse(false));
        map.put("pr_burst_activated", seconds(details.map(InterfaceDetails::requestBurstMillis)));
        Optional<InterfacePolicy> policy = details.map(InterfaceDetails::policy);
        map.put("autoconnect_source", policy.flatMap(InterfacePolicy::foundBy).orElse(null));
        map.put("gravity", policy.map(known -> (long) known.gravity()).orElse(0L));
        map.put(
                "announces_to_internal",
                policy.filter(known -> known.mode() == InterfaceMode.BOUNDARY)
                        .map(InterfacePolicy::announcesToInternal)
                        .orElse(null));
        rateLimits(policy, map);
        Optional<AccessCode> code = policy.flatMap(InterfacePolicy::accessCode);
        map.put(
                "ifac_signature",
                details.flatMap(InterfaceDetails::accessSignature)
                        .map(HexFormat.of()::parseHex)
                        .orElse(null));
        map.put("ifac_size", code.map(known -> (long) known.sizeBytes()).orElse(null));
        map.put("ifac_netname", code.flatMap(AccessCode::networkName).orElse(null));
    }

    /** A node that forwards has rate limits by default, as the reference has. */
    private void rateLimits(Optional<InterfacePolicy> policy, Map<String, Object> map) {
        int target = policy.map(InterfacePolicy::announceRateTargetSeconds).orElse(0);
        int penalty = policy.map(InterfacePolicy::announceRatePenaltySeconds).orElse(0);
        int grace = policy.map(InterfacePolicy::announceRateGrace).orElse(0);
        boolean usual = target < 0 && router.forwards();
        long seconds = usual ? 3600 : Math.max(0, target);
        map.put("announce_rate_target", seconds == 0 ? null : seconds);
        map.put("announce_rate_penalty", seconds == 0 ? null : (long) Math.max(0, penalty));
        map.put("announce_rate_grace", seconds == 0 ? null : (long) (usual && grace < 0 ? 5 : Math.max(0, grace)));
    }

    private static double seconds(Optional<Long> millis) {
        return millis.orElse(0L) / 1000.0;
    }

    private static Optional<InterfaceView> named(String name, List<InterfaceView> all) {
        return all.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    private static byte[] hash(String description) {
        return Hashes.sha256(description.getBytes(StandardCharsets.UTF_8));
    }
}
