package io.kairos.test.conformance;

import io.kairos.api.crypto.Token;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.DestinationSettings.Ratchets;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.packet.PacketContext;
import io.kairos.core.link.destination.OpenDestination;
import io.kairos.lib.bytes.FullName;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names and settings of destinations. Each command opens its destination on a node of its own. */
final class DestinationCommands implements Commands.Family {

    private static final int IN = 0x11;
    private static final int OUT = 0x12;
    private static final int PROVE_NONE = 0x21;
    private static final int PROVE_APPLICATION = 0x22;
    private static final int PROVE_ALL = 0x23;

    @Override
    public void addTo(Commands commands) {
        names(commands);
        commands.add("destination_construct", DestinationCommands::construct)
                .add("destination_set_proof_strategy_raw", DestinationCommands::prove)
                .add("destination_announce_attempt", p -> {
                    byte[] raw = AnnounceCommands.announced(settings(p), Optional.empty(), Optional.empty());
                    return Answer.with("ok", true)
                            .and("destination_hash", PacketBytes.destination(raw, 0))
                            .map();
                })
                .add("destination_rotate_ratchets", DestinationCommands::rotate)
                .add("destination_group_encrypt", DestinationCommands::encryptToGroup)
                .add("destination_default_app_data", DestinationCommands::defaultAppData)
                .add("destination_register_request_handler_validate", DestinationCommands::answer)
                .add("destination_path_response_cache", DestinationCommands::answerTwice);
    }

    private static void names(Commands commands) {
        commands.add(
                        "destination_hash",
                        p -> Answer.of(
                                "destination_hash",
                                Hashes.destination(
                                        Hashes.fullName(p.text("app_name"), aspects(p)), p.identity("identity_hash"))))
                .add(
                        "hash_from_name_and_identity",
                        p -> Answer.of(
                                "destination_hash",
                                Hashes.destination(p.text("full_name"), p.identity("identity_hash"))))
                .add("destination_expand_name", p -> {
                    String name = Hashes.fullName(p.text("app_name"), aspects(p));
                    Optional<LocalIdentity> identity =
                            p.optionalBytes("identity_private_key").map(Identities::of);
                    DestinationSettings shown = identity.map(own -> DestinationSettings.single(name, own))
                            .orElseGet(() -> DestinationSettings.plain(name));
                    return Answer.of("name", shown.nameWithIdentity());
                })
                .add("app_and_aspects_from_name", p -> {
                    FullName name = FullName.parse(p.text("full_name"));
                    return Answer.with("app_name", name.application())
                            .and("aspects", name.aspects())
                            .map();
                });
    }

    private static String[] aspects(Parameters p) {
        return p.value("aspects") instanceof String text
                ? (text.isEmpty() ? new String[0] : text.split(","))
                : p.texts("aspects").toArray(String[]::new);
    }

    /** What the suite describes; a destination without identity gets one, as an operator would have to make it first. */
    private static DestinationSettings settings(Parameters p) {
        if (isOut(p)) {
            throw new NotSupported("destinations of others are addresses");
        }
        String name = Hashes.fullName(p.text("app_name"), aspects(p));
        Optional<LocalIdentity> given = p.optionalBytes("identity_private_key").map(Identities::of);
        DestinationType type = switch (p.text("type", "single")) {
            case "single", "0" -> DestinationType.SINGLE;
            case "group", "1" -> DestinationType.GROUP;
            case "plain", "2" -> DestinationType.PLAIN;
            case "link", "3" -> DestinationType.LINK;
            default -> throw new IllegalArgumentException("no such type of destination: " + p.text("type"));
        };
        boolean plain = type == DestinationType.PLAIN;
        return new DestinationSettings(
                name,
                type,
                plain ? given : given.or(() -> Optional.of(Identities.fresh())),
                Optional.empty(),
                ProofStrategy.NONE,
                type == DestinationType.SINGLE,
                Optional.empty(),
                0);
    }

    private static boolean isOut(Parameters p) {
        String direction = p.text("direction", "in");
        if (direction.equals("in") || direction.equals(String.valueOf(IN))) {
            return false;
        } else if (direction.equals("out") || direction.equals(String.valueOf(OUT))) {
            return true;
        }
        throw new IllegalArgumentException("no such direction: " + direction);
    }

    /** A destination of somebody else is an address, which there is only of somebody. */
    private static Map<String, Object> address(Parameters p) {
        if (!p.text("type", "single").equals("single")) {
            throw new NotSupported("only SINGLE destinations of others are addressed by identity");
        }
        String name = Hashes.fullName(p.text("app_name"), aspects(p));
        IdentityHash owner = p.optionalBytes("identity_private_key")
                .map(keys -> Identities.of(keys).hash())
                .orElse(null);
        return Answer.with("destination_hash", Hashes.destination(name, owner))
                .and("name_hash", Hashes.name(name))
                .and("type", DestinationType.SINGLE.bits())
                .and("direction", OUT)
                .map();
    }

    private static Map<String, Object> construct(Parameters p) {
        if (isOut(p)) {
            return address(p);
        }
        boolean passing = p.text("type", "single").equals("single") && !p.has("identity_private_key");
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            LocalDestination destination = node.endpoints().open(passing ? passing(node, p) : settings(p));
            Answer answer = Answer.with("destination_hash", destination.address());
            if (passing) {
                IdentityHash made =
                        destination.settings().identity().orElseThrow().hash();
                answer.and("auto_identity_hexhash", made.toHex());
            }
            return answer.and("name", destination.settings().nameWithIdentity())
                    .and("name_hash", Hashes.name(destination.settings().fullName()))
                    .and("proof_strategy", number(destination.settings().proofs()))
                    .and("type", destination.settings().type().bits())
                    .and("direction", IN)
                    .map();
        }
    }

    /** Who brings no identity gets one that is kept nowhere. */
    private static DestinationSettings passing(BridgeNode node, Parameters p) {
        LocalIdentity made = node.identities().createPassing();
        return DestinationSettings.passing(Hashes.fullName(p.text("app_name"), aspects(p)), made);
    }

    private static int number(ProofStrategy strategy) {
        return switch (strategy) {
            case NONE -> PROVE_NONE;
            case APPLICATION -> PROVE_APPLICATION;
            case ALL -> PROVE_ALL;
        };
    }

    private static Map<String, Object> prove(Parameters p) {
        ProofStrategy wanted = Arrays.stream(ProofStrategy.values())
                .filter(strategy -> number(strategy) == p.number("strategy_value"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such proof strategy"));
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            LocalDestination destination = node.endpoints().open(settings(p).withProofs(wanted));
            return Answer.with("set", true)
                    .and("proof_strategy", number(destination.settings().proofs()))
                    .map();
        }
    }

    /** Ratchets rotate when a destination announces. */
    private static Map<String, Object> rotate(Parameters p) {
        DestinationSettings settings = settings(p);
        byte[] raw = AnnounceCommands.announced(
                p.flag("enable", false) ? settings.withRatchets(Ratchets.DEFAULT) : settings,
                Optional.empty(),
                Optional.empty());
        if ((raw[0] & PacketBytes.CONTEXT_FLAG) == 0) {
            throw new IllegalStateException("the destination has no ratchets");
        }
        return Answer.with("rotated", true).and("has_ratchets", true).map();
    }

    /** The key is what the members of a group have agreed on; without one it cannot be opened. */
    private static Map<String, Object> encryptToGroup(Parameters p) {
        byte[] key = Suite.reticulum().generateTokenKey(Token.Mode.AES_256_CBC);
        DestinationSettings settings = new DestinationSettings(
                Hashes.fullName(p.text("app_name"), aspects(p)),
                DestinationType.GROUP,
                Optional.of(Identities.fresh()),
                p.flag("create_keys", false) ? Optional.of(key) : Optional.empty(),
                ProofStrategy.NONE,
                false,
                Optional.empty(),
                0);
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            LocalDestination destination = node.endpoints().open(settings);
            Token token = node.suite().token(destination.settings().groupKey().orElseThrow());
            byte[] sealed = token.seal(p.bytes("plaintext"));
            return Answer.with("ciphertext", sealed)
                    .and("roundtrip", token.open(sealed))
                    .and("has_key", true)
                    .map();
        }
    }

    private static Map<String, Object> defaultAppData(Parameters p) {
        boolean isSet = !p.text("default_kind", "bytes").equals("none");
        Optional<byte[]> value = isSet ? Optional.of(p.bytesOrNone("default_value")) : Optional.empty();
        byte[] raw = AnnounceCommands.announced(
                settings(p),
                destination -> {
                    if (isSet) {
                        destination.defaultAppData(() -> value);
                    }
                },
                Optional.empty(),
                p.optionalBytes("override_app_data"));
        byte[] payload = Arrays.copyOfRange(raw, PacketBytes.SHORT_HEADER, raw.length);
        return Answer.with("app_data", AnnounceCodec.decode(payload, false).appData())
                .and("default_app_data_set", isSet)
                .map();
    }

    private static Map<String, Object> answer(Parameters p) {
        Access access = switch ((int) p.number("allow", 1)) {
            case 0 -> Access.NOBODY;
            case 1 -> Access.EVERYBODY;
            case 2 -> Access.LISTED;
            default -> throw new IllegalArgumentException("no such access: " + p.number("allow"));
        };
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            OpenDestination destination = (OpenDestination) node.endpoints().open(settings(p));
            destination.onRequest(
                    p.text("path", "/test/echo"),
                    access,
                    Set.of(),
                    p.flag("generator_valid", true) ? request -> request.data() : null);
            return Answer.with("registered", true)
                    .and("handler_count", destination.requests().isEmpty() ? 0 : 1)
                    .map();
        }
    }

    /** The same path request twice, with time between. */
    private static Map<String, Object> answerTwice(Parameters p) {
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            MockInterface medium = MockInterface.plain("out");
            node.attach(medium);
            OpenDestination destination = (OpenDestination) node.endpoints().open(settings(p));
            var port = node.router().parts().ports().of(medium);
            destination.pathRequested(port, p.bytes("tag"));
            node.settle();
            node.pass(Duration.ofMillis(
                    (long) (p.optionalDecimal("advance_seconds").orElse(0.0) * 1000)));
            destination.pathRequested(port, p.bytes("tag"));
            node.settle();
            List<byte[]> sent = medium.drain();
            byte[] first = sent.get(0);
            byte[] second = sent.get(1);
            return Answer.with("first_announce_data", payload(first))
                    .and("second_announce_data", payload(second))
                    .and("reused", Arrays.equals(first, second))
                    .and("pr_tag_window", OpenDestination.ANSWERS_KEPT.toSeconds())
                    .and("first_is_path_response", PacketBytes.context(first, 0) == PacketContext.PATH_RESPONSE)
                    .map();
        }
    }

    private static byte[] payload(byte[] raw) {
        return Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length);
    }
}
