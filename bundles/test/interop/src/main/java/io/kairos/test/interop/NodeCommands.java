package io.kairos.test.interop;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.DestinationSettings.Ratchets;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.routing.Router.InterfaceView;
import io.kairos.api.transport.InterfaceState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** Commands about the node, its destinations and its paths. */
final class NodeCommands {

    private final NodeServices node;
    private final EchoDestination echo;
    private final String version;
    private final Map<String, LocalDestination> destinations = new ConcurrentHashMap<>();

    NodeCommands(NodeServices node, EchoDestination echo, String version) {
        this.node = node;
        this.echo = echo;
        this.version = version;
    }

    Map<String, Object> hello(Arguments none) {
        return Map.of(
                "implementation",
                "kairos",
                "version",
                version,
                "transport",
                node.router().transportId().toHex(),
                "forwards",
                node.router().forwards());
    }

    Map<String, Object> status(Arguments none) {
        List<Map<String, Object>> interfaces = new ArrayList<>();
        for (InterfaceView view : node.router().interfaces()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", view.name());
            row.put("kind", view.kind());
            row.put("up", view.state() == InterfaceState.UP);
            row.put("parent", view.parent().orElse(null));
            row.put("failure", view.failure().map(failure -> failure.message()).orElse(null));
            row.put("receivedPackets", view.counters().receivedPackets());
            row.put("sentPackets", view.counters().sentPackets());
            row.put("receivedBytes", view.counters().receivedBytes());
            row.put("sentBytes", view.counters().sentBytes());
            row.put("bitsPerSecond", view.budget().bitsPerSecond());
            interfaces.add(row);
        }
        Runtime runtime = Runtime.getRuntime();
        return Map.of(
                "interfaces", interfaces,
                "memoryKilobytes", (runtime.totalMemory() - runtime.freeMemory()) / 1024,
                "refusals", node.router().refusals(),
                "forwarded", node.router().forwardedPackets(),
                "paths", node.paths().size(),
                "links", node.endpoints().links().size());
    }

    Map<String, Object> open(Arguments in) {
        LocalIdentity identity = identity(in.text("identity", "node"));
        ProofStrategy proofs = ProofStrategy.valueOf(in.text("proofs", "all").toUpperCase(Locale.ROOT));
        DestinationSettings settings = DestinationSettings.single(in.text("name", "kairos.interop"), identity)
                .withProofs(proofs);
        if (in.flag("ratchets", false)) {
            settings = settings.withRatchets(Ratchets.DEFAULT);
        }
        LocalDestination destination = node.endpoints().open(settings);
        byte[] appData = in.text("appData", "interop").getBytes(StandardCharsets.UTF_8);
        destination.defaultAppData(() -> Optional.of(appData));
        if (in.flag("echo", true)) {
            echo.serve(destination);
        }
        destinations.put(destination.address().toHex(), destination);
        return Map.of(
                "destination", destination.address().toHex(),
                "identity", Content.hex(identity.hash().toBytes()));
    }

    /** An identity of the tests, made when it is first named. */
    LocalIdentity identity(String name) {
        String stored = "interop-" + name;
        return node.identities().find(stored).orElseGet(() -> node.identities().create(stored));
    }

    Map<String, Object> announce(Arguments in) {
        LocalDestination destination = destinations.get(in.text("destination"));
        destination.announce(in.optionalText("appData").map(text -> text.getBytes(StandardCharsets.UTF_8)));
        return Map.of();
    }

    Map<String, Object> paths(Arguments none) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (PathView view : node.paths().all()) {
            rows.add(Map.of(
                    "destination", view.destination().toHex(),
                    "hops", view.path().hops(),
                    "interface", view.path().interfaceName()));
        }
        return Map.of("paths", rows);
    }

    Map<String, Object> waitPath(Arguments in) throws TimeoutException, InterruptedException {
        DestinationHash destination = in.destination();
        Duration timeout = in.timeout(15);
        if (in.flag("ask", false)) {
            Waiting.result(node.packets().requestPath(destination, timeout), timeout.plusSeconds(5));
        }
        boolean found = Waiting.until(
                timeout,
                () -> node.paths().find(destination).isPresent()
                        && node.known().peek(destination).isPresent());
        if (!found) {
            return Map.of("found", false);
        }
        PathCandidate path = node.paths().find(destination).orElseThrow().path();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("found", true);
        told.put("hops", path.hops());
        told.put("interface", path.interfaceName());
        told.put("nextHop", path.nextHop().toHex());
        told.put(
                "appData",
                node.known()
                        .peek(destination)
                        .flatMap(KnownDestination::appData)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null));
        return told;
    }

    Map<String, Object> dropPath(Arguments in) {
        node.paths().drop(in.destination());
        return Map.of(
                "dropped",
                Waiting.until(
                        Duration.ofSeconds(10),
                        () -> node.paths().find(in.destination()).isEmpty()));
    }

    Map<String, Object> packet(Arguments in) throws InterruptedException {
        byte[] data = Content.of("random", in.number("seed", 1), in.number("size", 100));
        return outcome(node.endpoints().send(in.destination(), data), in.timeout(15));
    }

    /** What became of a packet; one that is not decided in time counts as it stands. */
    static Map<String, Object> outcome(PacketReceipt receipt, Duration timeout) throws InterruptedException {
        Map<String, Object> told = new LinkedHashMap<>();
        try {
            told.put("status", Waiting.result(receipt.outcome(), timeout).name());
        } catch (TimeoutException e) {
            told.put("status", receipt.status().name());
        }
        told.put("millis", Waiting.millis(receipt.roundTrip()));
        return told;
    }

    void close() {
        destinations.values().forEach(LocalDestination::close);
    }
}
