package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.core.discovery.DiscoveryConfig;
import io.kairos.core.discovery.DiscoveryPeek;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.discovery.Advertisement;
import io.kairos.lib.discovery.ConfigEntry;
import io.kairos.lib.discovery.Discovered;
import io.kairos.lib.discovery.DiscoveryCheck;
import io.kairos.lib.discovery.Field;
import io.kairos.lib.discovery.Kind;
import io.kairos.lib.discovery.Names;
import io.kairos.lib.discovery.Places;
import io.kairos.lib.discovery.StampedCodec;
import io.kairos.lib.discovery.Stamps;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Announces of interfaces. */
final class DiscoveryCommands implements Commands.Family {

    private static final Map<String, Object> ABORTED =
            Answer.with("aborted", true).and("app_data", null).map();
    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("name", Field.NAME),
            Map.entry("latitude", Field.LATITUDE),
            Map.entry("longitude", Field.LONGITUDE),
            Map.entry("height", Field.HEIGHT),
            Map.entry("reachable_on", Field.REACHABLE_ON),
            Map.entry("port", Field.PORT),
            Map.entry("frequency", Field.FREQUENCY),
            Map.entry("bandwidth", Field.BANDWIDTH),
            Map.entry("sf", Field.SPREADING_FACTOR),
            Map.entry("cr", Field.CODING_RATE),
            Map.entry("channel", Field.CHANNEL),
            Map.entry("modulation", Field.MODULATION));

    private final CryptoSuite suite = Suite.reticulum();
    private final Stamps stamps = new Stamps(suite);
    private final SecureRandom random = new SecureRandom();
    private final IdentityHash node = Identities.fresh().hash();

    @Override
    public void addTo(Commands commands) {
        commands.add("discovery_stamp", this::stamp)
                .add("discovery_build_announce_appdata", this::build)
                .add("discovery_craft_announce", this::craft)
                .add("discovery_receive_announce", this::receive)
                .add(
                        "discovery_validate_address",
                        p -> Answer.with("is_ip_address", Places.isIpAddress(p.text("address")))
                                .and("is_ygg_ipv6", Places.isYggdrasil(p.text("address")))
                                .and("is_hostname", Places.isHostname(p.text("address")))
                                .map())
                .add(
                        "discovery_sanitize_name",
                        p -> Answer.with("sanitize_name", Names.shown(p.text("name")))
                                .and("sanitize", Names.sent(p.text("name")))
                                .map())
                .add("discovery_announce_identity", this::announcer)
                .add("discovery_feature_defaults", p -> defaults());
    }

    /** In whose name a node announces its interfaces. */
    private Map<String, Object> announcer(Parameters p) {
        LocalIdentity identity = Identities.of(p.bytes("identity_priv"));
        Optional<LocalIdentity> network =
                p.optionalBytes("network_identity_priv").map(Identities::of);
        Optional<LocalIdentity> used = network.filter(own -> p.flag("has_network_identity", false));
        try (BridgeNode sample = new BridgeNode(NodeSettings.running(false))) {
            LocalDestination opened = DiscoveryPeek.destination(
                    identity, used, sample.endpoints(), suite, sample.clock(), sample.timers());
            return Answer.with("discovery_destination_hash", opened.address())
                    .and("chosen_identity_hash", opened.settings().identity().map(LocalIdentity::hash))
                    .and("network_identity_hash", network.map(LocalIdentity::hash))
                    .and("identity_hash", identity.hash())
                    .and("app_name", opened.settings().fullName().split("\\.", 2)[0])
                    .map();
        }
    }

    /** What holds where an operator says nothing. */
    private static Map<String, Object> defaults() {
        DiscoveryConfig unsaid = new Form().as(DiscoveryConfig.class);
        return Answer.with(
                        "interface_discoverable",
                        InterfacePolicy.DEFAULT.discovery().isPresent())
                .and(
                        "interface_supports_discovery",
                        MockInterface.plain("plain").offer().isPresent())
                .and("discover_interfaces", DiscoveryPeek.collects(unsaid))
                .and("should_autoconnect_discovered_interfaces", DiscoveryPeek.mostConnections(unsaid) > 0)
                .and("max_autoconnected_interfaces", DiscoveryPeek.mostConnections(unsaid))
                .map();
    }

    private Map<String, Object> stamp(Parameters p) {
        int rounds = (int) p.number("expand_rounds", StampedCodec.ROUNDS);
        return switch (p.text("op")) {
            case "workblock" -> {
                byte[] block = stamps.workblock(p.bytes("material"), rounds);
                yield Answer.with("workblock", block)
                        .and("length", block.length)
                        .map();
            }
            case "value" -> Answer.of("value", Stamps.value(p.bytes("workblock"), p.bytes("stamp")));
            case "valid" ->
                Answer.of("valid", Stamps.isValid(p.bytes("stamp"), (int) p.number("cost"), p.bytes("workblock")));
            case "generate" -> {
                byte[] block = stamps.workblock(p.bytes("material"), rounds);
                byte[] found = search(block, (int) p.number("cost"));
                yield Answer.with("stamp", found)
                        .and("value", Stamps.value(block, found))
                        .and("stamp_size", Stamps.LENGTH)
                        .map();
            }
            case "default_cost" ->
                Answer.with("default_stamp_value", StampedCodec.USUAL_COST)
                        .and("handler_default_required_value", StampedCodec.USUAL_COST)
                        .map();
            default -> throw new IllegalArgumentException("no such operation: " + p.text("op"));
        };
    }

    private byte[] search(byte[] workblock, int cost) {
        return Stamps.search(workblock, cost, random::nextBytes, () -> true).orElseThrow();
    }

    private byte[] stampFor(byte[] packed, int cost) {
        return search(stamps.workblock(StampedCodec.material(packed), StampedCodec.ROUNDS), cost);
    }

    // ---- sending ----

    private Map<String, Object> build(Parameters p) {
        Optional<LocalIdentity> network =
                p.optionalBytes("network_identity_priv").map(Identities::of);
        Optional<Advertisement> advertisement = advertisement(p);
        if (advertisement.isEmpty() || p.flag("encrypt", false) && network.isEmpty()) {
            return ABORTED;
        }
        byte[] packed = advertisement.get().encode();
        byte[] stamp = stampFor(packed, (int) p.number("stamp_value", StampedCodec.USUAL_COST));
        byte[] appData = p.flag("encrypt", false)
                ? StampedCodec.encode(
                        packed, stamp, clear -> encrypted(network.get().publicIdentity(), clear))
                : StampedCodec.encode(packed, stamp);
        return Answer.with("aborted", false)
                .and("app_data", appData)
                .and("flags", appData[0])
                .and("packed_info", packed)
                .and("stamp", stamp)
                .and("infohash", StampedCodec.material(packed))
                .and("stamp_size", Stamps.LENGTH)
                .and("transport_id", advertisement.get().node())
                .and("transport_enabled", advertisement.get().forwards())
                .and("default_stamp_value", StampedCodec.USUAL_COST)
                .map();
    }

    private byte[] encrypted(PublicIdentity to, byte[] clear) {
        return suite.encrypt(to.encryptionKey(), to.hash().toBytes(), clear);
    }

    /** As the operator's settings would describe the interface; empty where it cannot be announced. */
    private Optional<Advertisement> advertisement(Parameters p) {
        Parameters fields = new Parameters(p.value("fields") instanceof Map<?, ?> map ? map : Map.of());
        Map<Field, Object> known = new EnumMap<>(Field.class);
        FIELDS.forEach((word, field) -> {
            if (fields.has(word)) {
                known.put(field, fields.value(word));
            }
        });
        if (fields.flag("connectable", false)) {
            fields.optionalText("b32").ifPresent(address -> known.put(Field.REACHABLE_ON, address));
        }
        if (fields.flag("publish_ifac", false)) {
            fields.optionalText("ifac_netname").ifPresent(name -> known.put(Field.NETWORK_NAME, name));
            fields.optionalText("ifac_netkey").ifPresent(phrase -> known.put(Field.PASSPHRASE, phrase));
        }
        IdentityHash own = p.optionalBytes("transport_identity_priv")
                .map(keys -> Identities.of(keys).hash())
                .orElse(node);
        try {
            return Kind.announced(p.text("interface_type"), fields.flag("kiss_framing", false))
                    .map(kind -> Advertisement.of(kind, p.flag("transport_enabled", false), own, known));
        } catch (MeshException refused) {
            return Optional.empty();
        }
    }

    /** A genuine announce that was tampered with before it was stamped. */
    private Map<String, Object> craft(Parameters p) {
        Optional<Advertisement> advertisement = advertisement(p);
        if (advertisement.isEmpty()) {
            return ABORTED;
        }
        Map<Object, Object> map = new LinkedHashMap<>(
                (Map<?, ?>) MessagePack.unpack(advertisement.get().encode()));
        p.optionalNumber("drop_field").ifPresent(map::remove);
        p.optionalText("set_interface_type").ifPresent(type -> map.put(Field.KIND.key(), type));
        p.parts("set_fields").forEach(field -> map.put(field.number("key"), wanted(field)));
        byte[] packed = MessagePack.pack(map);
        byte[] stamp = stampFor(packed, (int) p.number("stamp_value", StampedCodec.USUAL_COST));
        return Answer.with("aborted", false)
                .and("app_data", StampedCodec.encode(packed, stamp))
                .and("stamp_size", Stamps.LENGTH)
                .map();
    }

    private static Object wanted(Parameters field) {
        return switch (field.text("kind", "str")) {
            case "bytes" -> field.bytes("value");
            case "int" -> field.number("value");
            case "float" -> field.decimal("value");
            case "bool" -> field.flag("value", false);
            default -> field.text("value");
        };
    }

    // ---- receiving ----

    private Map<String, Object> receive(Parameters p) {
        int required = p.flag("default_required_value", false)
                ? StampedCodec.USUAL_COST
                : (int) p.number("required_value", StampedCodec.USUAL_COST);
        IdentityHash announcer = p.optionalBytes("announce_identity_priv")
                .map(Identities::of)
                .orElseGet(Identities::fresh)
                .hash();
        Set<IdentityHash> sources = p.texts("discovery_sources").stream()
                .map(hex -> IdentityHash.of(HexFormat.of().parseHex(hex)))
                .collect(Collectors.toSet());
        DiscoveryCheck check = new DiscoveryCheck(stamps, required, sources);
        Optional<Discovered> discovered =
                check.check(announcer, p.bytes("app_data"), decryption(p), 0, System.currentTimeMillis());
        Answer answer = Answer.with("callback_invoked", discovered.isPresent())
                .and("callback_info_none", false)
                .and("info_present", discovered.isPresent())
                .and("accepted", discovered.isPresent())
                .and("announce_identity_hash", announcer)
                .and("aspect_filter", StampedCodec.DESTINATION)
                .and("required_value", check.requiredValue())
                .and("default_stamp_value", StampedCodec.USUAL_COST);
        discovered.ifPresent(found -> answer.and("info", shown(found)));
        return answer.map();
    }

    private static Function<byte[], Optional<byte[]>> decryption(Parameters p) {
        Optional<LocalIdentity> network =
                p.optionalBytes("network_identity_priv").map(Identities::of);
        return body -> network.flatMap(identity -> identity.decrypt(body, List.of(), false));
    }

    private static Map<String, Object> shown(Discovered found) {
        Advertisement told = found.advertisement();
        Answer answer = Answer.with("type", told.kind().word())
                .and("transport", told.forwards())
                .and("name", told.name())
                .and("received", found.heardMillis() / 1000.0)
                .and("stamp", found.stamp())
                .and("value", found.value())
                .and("transport_id", told.node())
                .and("network_id", found.announcer())
                .and("hops", found.hops())
                .and("discovery_hash", told.id())
                .and("config_entry", ConfigEntry.of(told));
        FIELDS.forEach((word, field) -> {
            if (!field.isAlways() || told.number(field).isPresent()) {
                told.number(field)
                        .ifPresentOrElse(
                                number -> answer.and(word, number),
                                () -> told.text(field).ifPresent(text -> answer.and(word, text)));
            }
        });
        told.text(Field.NETWORK_NAME).ifPresent(name -> answer.and("ifac_netname", name));
        told.text(Field.PASSPHRASE).ifPresent(phrase -> answer.and("ifac_netkey", phrase));
        return answer.map();
    }
}
