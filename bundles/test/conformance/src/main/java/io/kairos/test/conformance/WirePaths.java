package io.kairos.test.conformance;

import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathTable.PathView;
import io.kairos.api.transport.MeshInterface;
import io.kairos.core.router.path.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Announces, paths and whom a node has heard of. */
final class WirePaths implements Commands.Family {

    private static final Duration ASKED = Duration.ofSeconds(15);

    private final WireNodes nodes;

    WirePaths(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_announce", this::announce)
                .add("wire_reannounce", this::reannounce)
                .add("wire_poll_path", this::pollPath)
                .add("wire_request_path", this::requestPath)
                .add("wire_read_path_entry", this::entry)
                .add("wire_read_path_random_hash", this::randomHash)
                .add("wire_has_discovery_path_request", p -> Answer.of("found", searches(p)))
                .add("wire_has_announce_table_entry", p -> Answer.of("found", repeats(p)))
                .notSupported(
                        "wire_read_announce_table_timestamp", "waiting announces do not remember when they were heard")
                .add("wire_identity_recall", this::recall)
                .add("wire_tx_bytes", p -> Answer.of("tx_bytes", sentBytes(nodes.of(p))))
                .add("wire_first_hop_timeout", this::firstHop);
    }

    private Map<String, Object> announce(Parameters p) {
        WireNode node = nodes.of(p);
        boolean ratchets = p.flag("enable_ratchets", false);
        DestinationSettings settings = DestinationSettings.single(p.fullName(), node.newIdentity());
        WireListener made = node.open(
                ratchets ? settings.withRatchets(DestinationSettings.Ratchets.DEFAULT) : settings,
                WireListener.Manners.SILENT);
        made.destination().announce(appData(p));
        Answer answer = Answer.with("destination_hash", made.destination().address())
                .and("identity_hash", made.identity.hash());
        return ratchets ? WireRatchets.told(answer, node, made).map() : answer.map();
    }

    private static Optional<byte[]> appData(Parameters p) {
        return p.optionalBytes("app_data").filter(data -> data.length > 0);
    }

    private Map<String, Object> reannounce(Parameters p) {
        WireNode node = nodes.of(p);
        WireListener made = node.listener(p);
        boolean ratchets = made.destination().settings().ratchets().isPresent();
        if (ratchets) {
            p.optionalDecimal("rotate_ago_s").ifPresent(seconds -> WireRatchets.rotatedAgo(made, seconds));
        }
        made.destination().announce(appData(p));
        Answer answer = Answer.with("announced", true);
        return answer.and("current_ratchet_id", ratchets ? WireRatchets.current(node, made) : null)
                .map();
    }

    private Map<String, Object> pollPath(Parameters p) {
        WireNode node = nodes.of(p);
        DestinationHash destination = p.destination("destination_hash");
        Until.holds(p.millis("timeout_ms", 5000), () -> find(node, destination).isPresent());
        Optional<PathView> found = find(node, destination);
        return Answer.with("found", found.isPresent())
                .and("hops", found.map(view -> view.path().hops()))
                .map();
    }

    private static Optional<PathView> find(WireNode node, DestinationHash destination) {
        return node.node.router().pathTable().find(destination);
    }

    private Map<String, Object> requestPath(Parameters p) {
        WireNode node = nodes.of(p);
        CompletionStage<Boolean> unused =
                node.node.router().packetRouter().requestPath(p.destination("destination_hash"), ASKED);
        boolean known = find(node, p.destination("destination_hash")).isPresent();
        if (known) { // the product does not ask for what it knows; the suite wants a question on the wire
            node.node.router().packetRouter().rediscover(p.destination("destination_hash"));
        }
        return Answer.of("sent", true);
    }

    private Map<String, Object> entry(Parameters p) {
        WireNode node = nodes.of(p);
        Optional<PathView> found = find(node, p.destination("destination_hash"));
        return found.map(view -> Answer.with("found", true)
                        .and("timestamp", view.path().heardMillis())
                        .and("expires", view.path().expiresMillis())
                        .and("hops", view.path().hops())
                        .and("next_hop", view.path().nextHop())
                        .and("receiving_interface_name", view.path().interfaceName())
                        .map())
                .orElseGet(() -> Answer.of("found", false));
    }

    private Map<String, Object> randomHash(Parameters p) {
        DestinationHash destination = p.destination("destination_hash");
        Path path = nodes.of(p).node.router().parts().paths().usable(destination);
        return path == null
                ? Answer.of("found", false)
                : Answer.with("found", true)
                        .and("random_hash", path.inUse().announce().randomBlob())
                        .map();
    }

    private boolean searches(Parameters p) {
        return nodes.of(p).node.router().parts().requests().isSearched(p.destination("destination_hash"));
    }

    private boolean repeats(Parameters p) {
        return nodes.of(p).node.router().parts().repeats().contains(p.destination("destination_hash"));
    }

    private Map<String, Object> recall(Parameters p) {
        WireNode node = nodes.of(p);
        if (p.flag("from_identity_hash", false)) {
            return told(node.node.router().knownDestinations().recall(p.identity("destination_hash")));
        }
        DestinationHash destination = p.destination("destination_hash");
        Until.holds(p.millis("timeout_ms", 0), () -> find(node, destination).isPresent());
        Optional<KnownDestination> known =
                node.node.router().knownDestinations().recall(destination);
        if (known.isPresent()) {
            return told(known);
        }
        return node.node.endpoints().destinations().stream()
                .filter(own -> own.address().equals(destination))
                .findFirst()
                .flatMap(own -> own.settings().identity())
                .map(identity -> told(identity.publicIdentity(), Optional.empty()))
                .orElseGet(WirePaths::unknown);
    }

    private static Map<String, Object> told(Optional<KnownDestination> known) {
        return known.map(found -> told(found.identity(), found.appData())).orElseGet(WirePaths::unknown);
    }

    private static Map<String, Object> told(PublicIdentity identity, Optional<byte[]> appData) {
        IdentityHash hash = identity.hash();
        return Answer.with("found", true)
                .and("public_key", identity.toBytes())
                .and("hash", hash)
                .and("app_data", appData)
                .map();
    }

    private static Map<String, Object> unknown() {
        return Answer.with("found", false).and("app_data", null).map();
    }

    private static long sentBytes(WireNode node) {
        return node.node.interfaces().stream()
                .map(MeshInterface::counters)
                .mapToLong(counters -> counters.sentBytes())
                .sum();
    }

    private Map<String, Object> firstHop(Parameters p) {
        Duration timeout = nodes.of(p).node.router().packetRouter().firstHopTimeout(p.destination("destination_hash"));
        return Answer.with("timeout", timeout.toMillis() / 1000.0)
                .and("default_per_hop_timeout", perHopSeconds())
                .map();
    }

    /** What one hop may take when nothing is known. */
    static long perHopSeconds() {
        return ((Duration) Inside.constant(io.kairos.core.link.RouterDoor.class, "HOP")).toSeconds();
    }
}
