package io.kairos.core.router;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.router.path.Candidate;
import io.kairos.core.router.ports.Port;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The transport instance of the recorded scenarios, fed and read by interface names. */
final class VectorNode {

    static final JsonNode FILE = Vectors.load(VectorNode.class, "transport.json");

    final ManualClock clock = new ManualClock();
    final TestNode node;
    final Map<String, TestInterface> interfaces = new HashMap<>();

    VectorNode(String... names) {
        this(true, names);
    }

    VectorNode(boolean forward, String... names) {
        TestNode.Keys keys = new TestNode.Keys(Vectors.bytes(FILE, "transport_identity_private_key"));
        node = new TestNode(keys, clock, forward, new MemoryStore());
        for (String name : names) {
            // the recorded instance had ingress control switched off where it was not the subject
            interfaces.put(name, node.open(name).policy("ingress.control", "false"));
        }
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    static List<String> hex(List<byte[]> packets) {
        return packets.stream().map(HexFormat.of()::formatHex).toList();
    }

    static DestinationHash hash(byte[] bytes, int offset) {
        return DestinationHash.of(bytes, offset);
    }

    static DestinationHash hash(JsonNode node, String field) {
        return DestinationHash.parse(node.get(field).asText());
    }

    TestInterface on(String name) {
        return interfaces.get(name);
    }

    Port port(String name) {
        return node.core.parts().ports().of(interfaces.get(name));
    }

    /** Feeds what stands in a field like {@code in}. */
    void feed(JsonNode in) {
        in.fieldNames()
                .forEachRemaining(name -> on(name).receive(hex(in.get(name).asText())));
    }

    /** What left since the last call, by interface. */
    Map<String, List<String>> drain() {
        Map<String, List<String>> drained = new HashMap<>();
        interfaces.forEach((name, test) -> drained.put(name, hex(test.drain())));
        return drained;
    }

    /** What a field like {@code out} says should have left. */
    static Map<String, List<String>> expected(JsonNode out) {
        Map<String, List<String>> expected = new HashMap<>();
        out.fieldNames().forEachRemaining(name -> expected.put(name, packets(out.get(name))));
        return expected;
    }

    static List<String> packets(JsonNode list) {
        List<String> packets = new ArrayList<>();
        list.forEach(packet -> packets.add(
                packet.isTextual() ? packet.asText() : packet.get("raw").asText()));
        return packets;
    }

    /** Lets time pass and runs the jobs as the recording did. */
    void advance(double seconds) {
        node.advance(seconds);
        node.core.runJobs();
    }

    /** Puts in a path without announce. */
    void path(DestinationHash destination, DestinationHash next, int hops, String over) {
        node.core.parts().paths().drop(destination);
        Announce none = AnnounceCodec.decode(new byte[148], false);
        long now = clock.wallMillis();
        Candidate way = new Candidate(port(over).anchor(), next, hops, now, now, now + 1_000_000_000L, none);
        node.core.parts().paths().restore(destination, List.of(way), new byte[0], "test");
    }

    /** Makes a destination's public key known. */
    void know(DestinationHash destination, byte[] publicKeys) {
        Announce announce = AnnounceCodec.decode(Arrays.copyOf(publicKeys, 148), false);
        IdentityHash identity = Hashes.identity(publicKeys);
        node.core.parts().known().store(destination, identity, announce);
    }

    void budget(String name, JsonNode mtu, boolean fixed) {
        int bytes = mtu.isNull() ? 0 : mtu.asInt();
        on(name).budget(fixed ? LinkBudget.fixed(10_000_000, bytes) : LinkBudget.plain(10_000_000, bytes));
    }
}
