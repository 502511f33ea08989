package io.kairos.test.conformance;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.IdentityHash;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.DiscoveredBook;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Kind;
import io.kairos.lib.discovery.Stamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is kept of the interfaces that were heard of. */
final class DiscoveredCommands implements Commands.Family {

    private static final IdentityHash NODE = Identities.fresh().hash();

    @Override
    public void addTo(Commands commands) {
        commands.add("discovery_inject_records", DiscoveredCommands::inject)
                .add("discovery_store_record", DiscoveredCommands::store);
    }

    private static Map<String, Object> inject(Parameters p) {
        long now = System.currentTimeMillis();
        DiscoveredBook book = new DiscoveredBook();
        List<Object> requested = new ArrayList<>();
        for (Parameters record : p.parts("records")) {
            Advertisement told = server(Kind.TCP_SERVER, record.text("name"));
            long age = (long) (record.decimal("age_seconds") * 1000);
            int value = (int) record.number("value", record.number("stamp_value", 6));
            book.heard(new Discovered(told, NODE, new byte[Stamps.LENGTH], value, 1, now - age));
            requested.add(Answer.with("name", told.name())
                    .and("discovery_hash", told.id())
                    .map());
        }
        return Answer.with("requested", requested)
                .and(
                        "listed",
                        book.list(now, Set.of()).stream()
                                .map(DiscoveredCommands::shown)
                                .toList())
                .and("threshold_unknown", DiscoveredBook.UNKNOWN_AFTER.toSeconds())
                .and("threshold_stale", DiscoveredBook.STALE_AFTER.toSeconds())
                .and("threshold_remove", DiscoveredBook.FORGOTTEN_AFTER.toSeconds())
                .and("status_available", code(DiscoveredBook.Status.AVAILABLE))
                .and("status_unknown", code(DiscoveredBook.Status.UNKNOWN))
                .and("status_stale", code(DiscoveredBook.Status.STALE))
                .map();
    }

    private static Advertisement server(Kind kind, String name) {
        return Advertisement.of(
                kind, true, NODE, Map.of(Field.NAME, name, Field.REACHABLE_ON, "example.com", Field.PORT, 4242L));
    }

    private static Map<String, Object> shown(DiscoveredBook.Entry entry) {
        return Answer.with("name", entry.last().advertisement().name())
                .and("status", entry.status().name().toLowerCase(Locale.ROOT))
                .and("status_code", code(entry.status()))
                .and("value", entry.last().value())
                .and("last_heard", entry.last().heardMillis() / 1000.0)
                .and("discovery_hash", entry.last().advertisement().id())
                .map();
    }

    /** The numbers that Reticulum programs show. */
    private static int code(DiscoveredBook.Status status) {
        return switch (status) {
            case AVAILABLE -> 1000;
            case UNKNOWN -> 100;
            case STALE -> 0;
        };
    }

    private static Map<String, Object> store(Parameters p) {
        long now = System.currentTimeMillis();
        DiscoveredBook book = new DiscoveredBook();
        LocalIdentity announcer =
                p.optionalBytes("announce_identity_priv").map(Identities::of).orElseGet(Identities::fresh);
        Kind kind = p.optionalText("set_interface_type").flatMap(Kind::of).orElse(Kind.TCP_SERVER);
        Advertisement told = server(kind, p.text("name", "Node"));
        boolean stored = false;
        for (int i = 0; i < p.number("repeat", 1); i++) {
            stored |= book.heard(new Discovered(told, announcer.hash(), new byte[Stamps.LENGTH], 6, 1, now));
        }
        Set<IdentityHash> sources = p.texts("list_sources").stream()
                .map(hex -> IdentityHash.of(HexFormat.of().parseHex(hex)))
                .collect(Collectors.toSet());
        List<DiscoveredBook.Entry> listed = book.list(now, sources);
        return Answer.with("received", true)
                .and("record_type", kind.word())
                .and("stored", stored)
                .and("heard_count", listed.isEmpty() ? null : listed.get(0).repetitions())
                .and("discovery_hash", told.id())
                .and(
                        "listed_names",
                        listed.stream()
                                .map(entry -> entry.last().advertisement().name())
                                .toList())
                .and("announce_identity_hash", announcer.hash())
                .and(
                        "discoverable_types",
                        Arrays.stream(Kind.values())
                                .filter(Kind::isKept)
                                .map(Kind::word)
                                .toList())
                .and(
                        "discoverable_interface_types",
                        Arrays.stream(Kind.values()).map(Kind::word).toList())
                .map();
    }
}
