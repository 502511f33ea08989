package io.kairos.test.conformance;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.core.link.LinkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Destinations that listen and what has come to them. */
final class WireListens implements Commands.Family {

    private static final int DEFAULT_STREAM = 0;

    /** What the suite calls the three ways to prove. */
    private static final Map<String, Integer> NUMBERS = Map.of("none", 0x21, "app", 0x22, "all", 0x23);

    private static final Map<String, ProofStrategy> STRATEGIES =
            Map.of("none", ProofStrategy.NONE, "app", ProofStrategy.APPLICATION, "all", ProofStrategy.ALL);

    private final WireNodes nodes;

    WireListens(WireNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("wire_listen", this::listen)
                .add("wire_set_proof_strategy", this::proofs)
                .add("wire_set_proof_implicit", this::implicit)
                .add(
                        "wire_link_poll",
                        p -> Answer.of("packets", poll(p, nodes.of(p).listener(p).packets, 5000)))
                .add(
                        "wire_opportunistic_poll",
                        p -> Answer.of("packets", poll(p, nodes.of(p).listener(p).opportunistic, 5000)))
                .add(
                        "wire_resource_poll",
                        p -> Answer.of("resources", poll(p, nodes.of(p).listener(p).resources, 30_000)))
                .add("wire_listener_link_status", this::linkStatus);
    }

    private Map<String, Object> listen(Parameters p) {
        WireNode node = nodes.of(p);
        boolean ratchets = p.flag("enable_ratchets", false);
        List<Integer> streams = new ArrayList<>(List.of(DEFAULT_STREAM));
        p.list("buffer_stream_ids").forEach(id -> streams.add(((Number) id).intValue()));
        String resources = p.text("resource_strategy", "all");
        DestinationSettings settings = DestinationSettings.single(p.fullName(), node.newIdentity())
                .withProofs(STRATEGIES.get(p.text("proof_strategy", "none")));
        WireListener listener = node.open(
                ratchets ? settings.withRatchets(DestinationSettings.Ratchets.DEFAULT) : settings,
                new WireListener.Manners(resources, p.flag("open_channel", true), streams));
        listener.destination().announce(Optional.empty());
        Answer answer = Answer.with("destination_hash", listener.destination().address())
                .and("identity_hash", listener.identity.hash())
                .and("public_key", listener.identity.publicIdentity().toBytes())
                .and("resource_strategy", resources);
        return ratchets ? WireRatchets.told(answer, node, listener).map() : answer.map();
    }

    private Map<String, Object> proofs(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        String wanted = p.text("strategy");
        listener.proofs(STRATEGIES.get(wanted));
        ProofStrategy now = listener.destination().settings().proofs();
        String word = STRATEGIES.entrySet().stream()
                .filter(entry -> entry.getValue() == now)
                .findFirst()
                .orElseThrow()
                .getKey();
        return Answer.with("strategy", word)
                .and("proof_strategy", NUMBERS.get(word))
                .map();
    }

    private Map<String, Object> implicit(Parameters p) {
        boolean implicit = p.flag("enabled", true);
        nodes.only(p).linkSettings(new LinkSettings(true, !implicit, WireListener.DECOMPRESSED_BYTES));
        return Answer.of(
                "implicit_proof",
                !nodes.only(p).node.endpoints().surroundings().settings().explicitProofs());
    }

    /** Everything that has come since the last question; waits for the first. */
    private static List<byte[]> poll(Parameters p, Queue<byte[]> queue, long otherwise) {
        Duration patience = p.millis("timeout_ms", otherwise);
        Until.holds(patience, () -> !queue.isEmpty());
        List<byte[]> all = new ArrayList<>();
        for (byte[] one = queue.poll(); one != null; one = queue.poll()) {
            all.add(one);
        }
        return all;
    }

    private Map<String, Object> linkStatus(Parameters p) {
        WireListener listener = nodes.of(p).listener(p);
        Until.holds(p.millis("timeout_ms", 0), () -> !listener.links.isEmpty());
        List<WireLink> links = listener.links;
        if (links.isEmpty()) {
            return Answer.with("found", false).and("link_count", 0).map();
        }
        return WireLinks.status(links.get(links.size() - 1))
                .and("found", true)
                .and("link_count", links.size())
                .map();
    }
}
