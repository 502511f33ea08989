package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.transport.AccessCode;
import io.kairos.api.transport.Signal;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallAnswersTest {

    private static final DestinationHash NODE = new DestinationHash(1, 2);
    private static final DestinationHash FAR = new DestinationHash(3, 4);
    private static final DestinationHash NEXT = new DestinationHash(5, 6);

    private final FakeNode node = new FakeNode(NODE);

    private Object ask(Object... keysAndValues) {
        Map<String, Object> call = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            call.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return node.answers().answer(call).orElseThrow().value();
    }

    @Test
    void pathsAreToldByTheirNextHop() {
        node.path(FAR, NEXT, 3);

        assertArrayEquals(NEXT.toBytes(), (byte[]) ask("get", "next_hop", "destination_hash", FAR.toBytes()));
        assertEquals("Shared Instance[rns/default]", ask("get", "next_hop_if_name", "destination_hash", FAR.toBytes()));
        assertEquals(7.0, ask("get", "first_hop_timeout", "destination_hash", FAR.toBytes()));
        assertEquals(1, ((List<?>) ask("get", "path_table", "max_hops", null)).size());
        assertEquals(0, ((List<?>) ask("get", "path_table", "max_hops", 2L)).size());
        node.own.add(NODE);
        assertArrayEquals(NODE.toBytes(), (byte[]) ask("get", "next_hop", "destination_hash", NODE.toBytes()));
    }

    @Test
    void pathsAreDropped() {
        node.path(FAR, NEXT, 3);
        node.path(NODE, NEXT, 3);

        assertEquals(true, ask("drop", "path", "destination_hash", FAR.toBytes()));
        assertEquals(false, ask("drop", "path", "destination_hash", FAR.toBytes()));
        assertEquals(1L, ask("drop", "all_via", "destination_hash", NEXT.toBytes()));
        assertNull(ask("drop", "announce_queues"));
        assertEquals(1, node.queuesDropped);
    }

    @Test
    void signalsAreToldAsFarAsTheyAreKnown() {
        byte[] hash = new byte[32];
        node.signals.put(HexFormat.of().formatHex(hash), new Signal(-97, Double.NaN, 80));

        assertEquals(-97.0, ask("get", "packet_rssi", "packet_hash", hash));
        assertNull(ask("get", "packet_snr", "packet_hash", hash));
        assertEquals(80.0, ask("get", "packet_q", "packet_hash", hash));
    }

    @Test
    void identitiesAreRefusedOnceAndLifted() {
        byte[] who = new byte[16];
        assertEquals(true, ask("blackhole_identity", who, "until", 12.5, "reason", "noise"));
        assertNull(ask("blackhole_identity", who, "until", null, "reason", null), "listed already");
        assertEquals(true, ask("get", "is_blackholed", "identity_hash", who));
        var entry = node.refused.get(IdentityHash.of(who));
        assertEquals(Optional.of(12_500L), entry.untilMillis());
        assertEquals(Optional.of("noise"), entry.reason());
        assertEquals(true, ask("unblackhole_identity", who));
        assertNull(ask("unblackhole_identity", who), "not listed");
        assertEquals(false, ask("blackhole_identity", who, "until", "tomorrow", "reason", null));
        assertTrue(node.refused.isEmpty());
    }

    @Test
    void destinationsAreKeptAndReleased() {
        byte[] far = FAR.toBytes();
        assertEquals(false, ask("destination_data", "used", "destination_hash", far));
        node.known.add(FAR);
        assertEquals(true, ask("destination_data", "used", "destination_hash", far));
        assertEquals(true, ask("destination_data", "retain", "destination_hash", far));
        assertTrue(node.retained.contains(FAR));
        assertEquals(true, ask("destination_data", "unretain", "destination_hash", far));
        assertTrue(node.retained.isEmpty());
        assertEquals(true, ask("identity_data", "retain", "identity_hash", far));
    }

    @Test
    void interfacesTellTheirKindAndTheirAccessCode() {
        node.descriptions.addAll(
                List.of("LocalInterface[rns/default]", "TCPInterface[x/1.2.3.4:5]", "AutoInterface[lan]"));
        node.code = Optional.of(new AccessCode(Optional.empty(), Optional.of("x"), 16));

        Map<?, ?> status = (Map<?, ?>) ask("get", "interface_stats");
        List<?> interfaces = (List<?>) status.get("interfaces");
        Map<?, ?> first = (Map<?, ?>) interfaces.get(0);
        assertEquals(4096L, status.get("rss"));
        assertEquals(0L, first.get("clients"));
        assertEquals(64, ((byte[]) first.get("ifac_signature")).length);
        assertEquals(16L, first.get("ifac_size"));
        assertEquals(3L, first.get("gravity"));
        assertEquals("abcd", first.get("autoconnect_source"));
        assertEquals(3600L, first.get("announce_rate_target"));
        assertEquals(5L, first.get("announce_rate_grace"));
        assertEquals(true, first.get("burst_active"));
        assertEquals(5.0, first.get("burst_activated"));
        assertEquals("LocalClientInterface", ((Map<?, ?>) interfaces.get(1)).get("type"));
        assertNull(((Map<?, ?>) interfaces.get(1)).get("clients"));
        assertEquals("TCPClientInterface", ((Map<?, ?>) interfaces.get(2)).get("type"));
        assertEquals(0L, ((Map<?, ?>) interfaces.get(3)).get("peers"));
    }

    @Test
    void whatIsNoCallGetsNoAnswer() {
        for (Map<String, Object> call : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("get", 1L),
                Map.of("get", "next_hop"),
                Map.of("get", "next_hop", "destination_hash", new byte[3]),
                Map.of("get", "packet_rssi", "packet_hash", "text"),
                Map.of("drop", "everything"),
                Map.of("blackhole_identity", new byte[15]),
                Map.of("destination_data", "sold", "destination_hash", new byte[16]),
                Map.of("identity_data", "used", "identity_hash", new byte[16]))) {
            assertTrue(node.answers().answer(call).isEmpty(), call.toString());
        }
    }

    @Test
    void residentMemoryIsReadWhereTheSystemTellsIt() {
        assertEquals(Optional.of(2_048L), ResidentMemory.bytes("VmRSS:\t       2 kB"));
        assertEquals(Optional.empty(), ResidentMemory.bytes("VmRSS: many kB"));
        assertTrue(ResidentMemory.read().orElse(1L) > 0);
    }
}
