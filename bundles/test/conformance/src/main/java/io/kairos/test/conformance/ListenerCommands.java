package io.kairos.test.conformance;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.identity.KnownDestinations;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.LocalDestination;
import io.kairos.core.link.destination.RequestsPeek;
import io.kairos.core.management.ManagementConfig;
import io.kairos.core.management.ManagementPeek;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Destinations, listeners and refused identities of a node with mock interfaces. */
final class ListenerCommands implements Commands.Family {

    private static final String STORED = "lists are documents of the node's own store, one for all sources";

    private final MockNodes nodes;

    ListenerCommands(MockNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public void addTo(Commands commands) {
        commands.add("behavioral_register_destination", nodes.on(ListenerCommands::open))
                .add("behavioral_read_destination_deliveries", nodes.on((mock, p) -> {
                    List<byte[]> received = mock.deliveries(p.destination("dest"));
                    return Answer.with("count", received.size())
                            .and("deliveries", received)
                            .map();
                }))
                .add("behavioral_register_announce_handler", nodes.on(ListenerCommands::listen))
                .add(
                        "behavioral_read_announce_handler_calls",
                        nodes.on((mock, p) -> Answer.of(
                                "calls", mock.listener(p.text("handler_id")).calls())));
        blackhole(commands);
    }

    private static Map<String, Object> open(MockNode mock, Parameters p) {
        DestinationSettings settings = switch (p.text("type", "single").toLowerCase(Locale.ROOT)) {
            case "plain" -> DestinationSettings.plain(p.fullName());
            case "single" -> DestinationSettings.single(p.fullName(), identity(p));
            default -> throw new NotSupported("a group is opened with the key that its members share");
        };
        LocalDestination destination = mock.node()
                .endpoints()
                .open(settings.withProofs(
                        switch (p.text("proof_strategy", "none").toLowerCase(Locale.ROOT)) {
                            case "all" -> ProofStrategy.ALL;
                            case "app" -> ProofStrategy.APPLICATION;
                            default -> ProofStrategy.NONE;
                        }));
        destination.onPacket(
                (data, reception) -> mock.deliveries(destination.address()).add(data) && false);
        return Answer.of("destination_hash", destination.address());
    }

    private static LocalIdentity identity(Parameters p) {
        return Identities.of(p.bytes("identity_seed"));
    }

    private static Map<String, Object> listen(MockNode mock, Parameters p) {
        String filter = p.flag("omit_aspect_filter", false) ? null : p.text("aspect_filter", "");
        boolean responses = p.flag("receive_path_responses", false);
        boolean fails = p.flag("raise_on_call", false);
        RecordingListener listener = p.number("num_params", 3) == 4
                ? new PacketListener(filter, responses, fails)
                : new RecordingListener(filter, responses, fails);
        return Answer.with("handler_id", mock.listen(listener))
                .and("registered", mock.node().listen(listener))
                .map();
    }

    private void blackhole(Commands commands) {
        commands.add("behavioral_blackhole_identity", nodes.on((mock, p) -> {
                    KnownDestinations known = known(mock);
                    known.blackhole(new Blackholed(
                            p.identity("identity_hash"),
                            mock.node().identity().hash(),
                            p.optionalDecimal("until").map(seconds -> (long) (seconds * 1000)),
                            p.optionalText("reason")));
                    return Answer.of("blackholed", known.isBlackholed(p.identity("identity_hash")));
                }))
                .add(
                        "behavioral_unblackhole_identity",
                        nodes.on((mock, p) ->
                                Answer.of("lifted", known(mock).liftBlackhole(p.identity("identity_hash")))))
                .add("behavioral_read_blackhole_table", nodes.on((mock, p) -> {
                    List<Blackholed> listed = known(mock).blackholed();
                    return Answer.with("count", listed.size())
                            .and(
                                    "entries",
                                    listed.stream().map(ListenerCommands::shown).toList())
                            .map();
                }))
                .add("behavioral_blackhole_clear", nodes.on((mock, p) -> {
                    known(mock).blackholed().forEach(listed -> known(mock).liftBlackhole(listed.identity()));
                    return Answer.of("cleared", true);
                }))
                .add("behavioral_blackhole_list_handler", nodes.on(ListenerCommands::published))
                .notSupported("behavioral_blackhole_reload", STORED)
                .notSupported("behavioral_blackhole_set_sources", STORED)
                .notSupported("behavioral_blackhole_storage_files", STORED)
                .notSupported("behavioral_blackhole_clear_storage", STORED)
                .notSupported("behavioral_blackhole_rename_storage", STORED);
    }

    /** What everybody who asks for the list of this node is answered. */
    private static Map<String, Object> published(MockNode mock, Parameters p) {
        BridgeNode node = mock.node();
        ManagementConfig config = new Form().set("blackhole.publish", true).as(ManagementConfig.class);
        try (ManagementPeek management = ManagementPeek.start(
                config,
                node.endpoints(),
                node.router(),
                node.identities(),
                node.store(),
                node.clock(),
                node.timers())) {
            LocalDestination list = management.find(ManagementPeek.BLACKHOLE).orElseThrow();
            Map<?, ?> answer =
                    (Map<?, ?>) RequestsPeek.entries(list).get(0).handler().answer(null);
            List<Blackholed> listed = ManagementPeek.read(answer);
            return Answer.with(
                            "is_blackhole_table",
                            Set.copyOf(listed).equals(Set.copyOf(known(mock).blackholed())))
                    .and("count", listed.size())
                    .and("entries", listed.stream().map(ListenerCommands::shown).toList())
                    .map();
        }
    }

    private static KnownDestinations known(MockNode mock) {
        return mock.node().router().knownDestinations();
    }

    private static Map<String, Object> shown(Blackholed listed) {
        return Answer.with("identity_hash", listed.identity())
                .and("source", listed.source())
                .and("until", listed.untilMillis().map(millis -> millis / 1000.0))
                .and("reason", listed.reason())
                .map();
    }
}
