package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Packets: headers, hashes, sizes. */
final class PacketCommands implements Commands.Family {

    private static final String NAME = "conformance.packet";

    private final CryptoSuite suite = Suite.reticulum();

    @Override
    public void addTo(Commands commands) {
        commands.add("packet_build", this::build)
                .add("packet_unpack", p -> {
                    byte[] raw = p.bytes("raw");
                    boolean wellFormed = PacketBytes.isWellFormed(raw, 0, raw.length);
                    return wellFormed ? shown(Answer.with("unpacked", true), raw) : Answer.of("unpacked", false);
                })
                .add("packet_hash", p -> {
                    byte[] raw = p.bytes("raw");
                    PacketBytes.check(raw);
                    return Answer.of("hash", PacketBytes.hash(raw));
                })
                .add("packet_context_constants", p -> contexts())
                .add("packet_build_raw_header2", this::buildInTransport)
                .add("packet_resend_observe", this::sendTwice);
    }

    private Map<String, Object> build(Parameters p) {
        byte[] data = p.bytesOrNone("data");
        PacketType type = PacketType.of((int) p.number("packet_type", 0));
        Target target = target(p.text("dest_type", "plain"));
        byte[] payload = type == PacketType.DATA && p.number("context", 0) == 0 ? target.sealed(data) : data;
        int flags = PacketBytes.flags(type, target.type)
                | (p.number("context_flag", 0) != 0 ? PacketBytes.CONTEXT_FLAG : 0)
                | (p.number("transport_type", 0) != 0 ? PacketBytes.TRANSPORT_FLAG : 0);
        byte[] raw = PacketBytes.build(flags, target.address, (int) p.number("context", 0), payload);
        raw[1] = (byte) p.number("hops", 0);
        String header = p.text("header_type", "1");
        if (header.equals("2") || header.equals("HEADER_2")) {
            raw = inTransport(p, flags, target.address, payload);
        }
        if (raw.length > PacketBytes.MTU) {
            throw new IllegalArgumentException("the packet is longer than the MTU");
        }
        return shown(Answer.with("raw", raw), raw);
    }

    private static byte[] inTransport(Parameters p, int flags, DestinationHash to, byte[] payload) {
        return PacketBytes.buildInTransport(
                flags,
                p.optionalBytes("transport_id").map(DestinationHash::of).orElse(null),
                to,
                (int) p.number("hops", 0),
                (int) p.number("context", 0),
                payload);
    }

    private Map<String, Object> buildInTransport(Parameters p) {
        PacketType type = PacketType.of((int) p.number("packet_type", PacketType.ANNOUNCE.bits()));
        Target target = target("single");
        int flags = PacketBytes.flags(type, target.type);
        byte[] data = p.optionalBytes("data").orElse(new byte[1]);
        try {
            byte[] raw = inTransport(p, flags, target.address, data);
            return Answer.with("raw", raw).and("raw_len", raw.length).map();
        } catch (IllegalArgumentException refused) {
            return Answer.of("error", refused.getMessage());
        }
    }

    /** A packet is sent again by asking for the same once more. */
    private Map<String, Object> sendTwice(Parameters p) {
        byte[] data = p.bytes("data");
        try (BridgeNode node = new BridgeNode(NodeSettings.stepped(Optional.empty(), false))) {
            MockInterface medium = MockInterface.plain("out");
            node.attach(medium);
            Runnable send = sending(node, p.text("dest_type", "single"), data);
            byte[] first = sent(node, medium, send);
            byte[] second = sent(node, medium, send);
            return Answer.with("raw_1", first)
                    .and("hash_1", PacketBytes.hash(first))
                    .and("raw_2", second)
                    .and("hash_2", PacketBytes.hash(second))
                    .map();
        }
    }

    private Runnable sending(BridgeNode node, String type, byte[] data) {
        if (type.equals("plain")) {
            return () -> node.endpoints().sendPlain(NAME, data);
        }
        LocalIdentity other = Identities.fresh();
        DestinationHash to = Hashes.destination(NAME, other.hash());
        if (type.equals("group")) {
            byte[] key = suite.generateTokenKey(Token.Mode.AES_256_CBC);
            return () -> node.endpoints().sendGroup(to, key, data);
        }
        long now = node.clock().wallMillis();
        node.router()
                .knownDestinations()
                .learn(
                        new KnownDestination(to, other.publicIdentity(), Optional.empty(), Optional.empty(), now),
                        false);
        return () -> node.endpoints().send(to, data);
    }

    private static byte[] sent(BridgeNode node, MockInterface medium, Runnable send) {
        send.run();
        node.settle();
        return medium.drain().get(0);
    }

    /** What packets are addressed to, and how their payload is closed. */
    private record Target(DestinationType type, DestinationHash address, UnaryOperator<byte[]> seal) {

        byte[] sealed(byte[] data) {
            return seal.apply(data);
        }
    }

    private Target target(String type) {
        LocalIdentity identity = Identities.fresh();
        DestinationHash address = Hashes.destination(NAME, identity.hash());
        byte[] key = identity.publicIdentity().encryptionKey();
        return switch (type) {
            case "plain" -> new Target(DestinationType.PLAIN, Hashes.plainDestination(NAME), data -> data);
            case "single" ->
                new Target(
                        DestinationType.SINGLE,
                        address,
                        data -> suite.encrypt(key, identity.hash().toBytes(), data));
            case "group" ->
                new Target(
                        DestinationType.GROUP,
                        address,
                        data -> suite.token(Arrays.copyOf(key, 64)).seal(data));
            default -> throw new IllegalArgumentException("no such type of destination: " + type);
        };
    }

    /** Everything that stands in a packet. */
    static Map<String, Object> shown(Answer answer, byte[] raw) {
        int flags = raw[0] & 0xff;
        boolean transport = PacketBytes.hasTransport(raw, 0);
        return answer.and("flags", flags)
                .and("hops", PacketBytes.hops(raw, 0))
                .and("header_type", transport ? 1 : 0)
                .and("context_flag", (flags & PacketBytes.CONTEXT_FLAG) != 0 ? 1 : 0)
                .and("transport_type", (flags & PacketBytes.TRANSPORT_FLAG) != 0 ? 1 : 0)
                .and("destination_type", PacketBytes.destinationType(raw, 0))
                .and("packet_type", PacketBytes.type(raw, 0))
                .and("destination_hash", PacketBytes.destination(raw, 0))
                .and("transport_id", transport ? Optional.of(PacketBytes.transport(raw, 0)) : Optional.empty())
                .and("context", PacketBytes.context(raw, 0))
                .and("data", Arrays.copyOfRange(raw, PacketBytes.headerLength(raw, 0), raw.length))
                .and("hash", PacketBytes.hash(raw))
                .map();
    }

    private static Map<String, Object> contexts() {
        return Answer.with("NONE", PacketContext.NONE)
                .and("RESOURCE", PacketContext.RESOURCE)
                .and("RESOURCE_ADV", PacketContext.RESOURCE_ADVERTISEMENT)
                .and("RESOURCE_REQ", PacketContext.RESOURCE_REQUEST)
                .and("RESOURCE_HMU", PacketContext.RESOURCE_HASHMAP_UPDATE)
                .and("RESOURCE_PRF", PacketContext.RESOURCE_PROOF)
                .and("RESOURCE_ICL", PacketContext.RESOURCE_INITIATOR_CANCEL)
                .and("RESOURCE_RCL", PacketContext.RESOURCE_RECEIVER_CANCEL)
                .and("CACHE_REQUEST", PacketContext.CACHE_REQUEST)
                .and("REQUEST", PacketContext.REQUEST)
                .and("RESPONSE", PacketContext.RESPONSE)
                .and("PATH_RESPONSE", PacketContext.PATH_RESPONSE)
                .and("COMMAND", PacketContext.COMMAND)
                .and("COMMAND_STATUS", PacketContext.COMMAND_STATUS)
                .and("CHANNEL", PacketContext.CHANNEL)
                .and("KEEPALIVE", PacketContext.KEEPALIVE)
                .and("LINKIDENTIFY", PacketContext.LINK_IDENTIFY)
                .and("LINKCLOSE", PacketContext.LINK_CLOSE)
                .and("LINKPROOF", PacketContext.LINK_PROOF)
                .and("LRRTT", PacketContext.LINK_RTT)
                .and("LRPROOF", PacketContext.LINK_REQUEST_PROOF)
                .map();
    }
}
