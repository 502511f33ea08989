package io.kairos.test.conformance;

import io.kairos.api.crypto.CryptoSuite;
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
                .notSupported("packet_build_raw_header2", "only packets that exist get a transport address")
                .notSupported("packet_resend_observe", "packets are values and are not sent twice");
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
            DestinationHash transport = p.destination("transport_id");
            raw = PacketBytes.withTransport(raw, raw.length, transport, (int) p.number("hops", 0), true);
        }
        if (raw.length > PacketBytes.MTU) {
            throw new IllegalArgumentException("the packet is longer than the MTU");
        }
        return shown(Answer.with("raw", raw), raw);
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
