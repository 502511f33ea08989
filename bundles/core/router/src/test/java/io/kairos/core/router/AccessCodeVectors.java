package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.transport.AccessCode;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interface access codes, recorded from the reference implementation (RNS 1.4.2). */
class AccessCodeVectors {

    static List<JsonNode> cases() {
        return Vectors.cases(AccessCodeVectors.class, "ifac.json", "cases");
    }

    static List<JsonNode> receiver() {
        return Vectors.cases(AccessCodeVectors.class, "ifac.json", "receiver");
    }

    private static AccessCode code(JsonNode row) {
        return new AccessCode(
                optional(row, "network_name_text"),
                optional(row, "passphrase_text"),
                row.get("ifac_size").asInt());
    }

    private static Optional<String> optional(JsonNode row, String field) {
        return row.get(field).isNull()
                ? Optional.empty()
                : Optional.of(row.get(field).asText());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sealsToTheByteAndOpensAgain(JsonNode row) {
        AccessGate gate = new AccessGate(code(row), () -> Optional.of(TestNode.SUITE));
        byte[] raw = Vectors.bytes(row, "raw");

        byte[] sealed = gate.seal(raw, 0, raw.length);

        assertArrayEquals(Vectors.bytes(row, "masked"), sealed);
        byte[] lent = new byte[sealed.length + 9];
        System.arraycopy(sealed, 0, lent, 5, sealed.length);
        int length = gate.open(lent, 5, sealed.length);
        assertEquals(raw.length, length);
        assertArrayEquals(raw, Arrays.copyOfRange(lent, 5 + gate.size(), 5 + gate.size() + length));
    }

    @ParameterizedTest
    @MethodSource("receiver")
    void receivesAsRecorded(JsonNode row) {
        JsonNode config = Vectors.load(AccessCodeVectors.class, "ifac.json").get("receiver_config");
        TestNode node = new TestNode("receiver", new ManualClock());
        TestInterface test = node.open("a");
        if (row.get("interface_has_ifac").asBoolean()) {
            test.policy(
                    "access.network.name", Vectors.text(config, "network_name_text"),
                    "access.passphrase", Vectors.text(config, "passphrase_text"),
                    "access.size.bits",
                            Integer.toString(8 * config.get("ifac_size").asInt()));
        }
        byte[] clear = receiver().stream()
                .filter(other -> other.get("delivered").asBoolean()
                        && !other.get("interface_has_ifac").asBoolean())
                .map(other -> Vectors.bytes(other, "raw"))
                .findFirst()
                .orElseThrow();
        List<InboundPacket> delivered = new ArrayList<>();
        node.core.packetRouter().register(PacketBytes.destination(clear, 0), DestinationType.PLAIN, delivered::add);

        test.receive(Vectors.bytes(row, "raw"));

        assertEquals(row.get("delivered").asBoolean() ? 1 : 0, delivered.size(), Vectors.text(row, "note"));
        assertEquals(row.get("delivered").asBoolean() ? 0 : 1, node.refused(Refusal.ACCESS_CODE));
        if (!delivered.isEmpty()) {
            assertArrayEquals(clear, delivered.get(0).raw());
        }
    }

    @Test
    void whatIsForwardedGetsTheCodeOfItsNextInterface() {
        VectorNode node = new VectorNode("a", "b");
        node.on("b").policy("access.passphrase", "hut");
        JsonNode row = Vectors.cases(VectorNode.FILE, "data_forwarding").get(0);
        byte[] in = VectorNode.hex(row.get("in").get("a").asText());
        byte[] clear = VectorNode.hex(row.get("out").get("b").get(0).get("raw").asText());
        node.path(PacketBytes.destination(in, 0), PacketBytes.transport(clear, 0), 3, "b");

        node.on("a").receive(in);

        byte[] sent = node.on("b").drain().get(0);
        assertNotEquals(clear.length, sent.length);
        AccessGate gate = new AccessGate(
                new AccessCode(Optional.empty(), Optional.of("hut"), 16), () -> Optional.of(TestNode.SUITE));
        int length = gate.open(sent, 0, sent.length);
        assertArrayEquals(clear, Arrays.copyOfRange(sent, 16, 16 + length));
    }

    @Test
    void announcesThatWaitedForTheCapCarryTheCodeToo() {
        VectorNode node = new VectorNode("a", "b");
        node.on("b").policy("access.passphrase", "hut");
        node.on("b").budget(io.kairos.api.transport.LinkBudget.plain(1200, 0));
        TestNode.Keys alice = new TestNode.Keys("alice");
        for (int i = 0; i < 2; i++) {
            byte[] raw = TestNode.announce(alice, "kairos.q" + i, new byte[0], 1_767_225_600L, false);
            node.on("a").receive(TestNode.relayed(raw, 1, new io.kairos.api.packet.DestinationHash(1, 2)));
        }
        node.advance(70);

        AccessGate gate = new AccessGate(
                new AccessCode(Optional.empty(), Optional.of("hut"), 16), () -> Optional.of(TestNode.SUITE));
        List<byte[]> sent = node.on("b").drain();
        assertEquals(2, sent.size());
        for (byte[] packet : sent) {
            assertNotEquals(-1, gate.open(packet, 0, packet.length));
        }
    }

    @Test
    void withoutSuiteAClosedInterfaceIsSilentAndDeaf() {
        TestNode node = new TestNode("receiver", new ManualClock());
        TestInterface test = node.open("a").policy("access.passphrase", "hut");
        node.suite = Optional.empty();

        assertEquals(0, node.destination("test.echo").announce());
        test.receive(new byte[60]);

        assertEquals(0, test.drain().size());
        assertEquals(1, node.refused(Refusal.ACCESS_CODE));
    }
}
