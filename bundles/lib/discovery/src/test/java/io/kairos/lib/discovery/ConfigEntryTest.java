package io.kairos.lib.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.IdentityHash;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigEntryTest {

    private static final IdentityHash NODE = new IdentityHash(1, 2);

    private static Advertisement told(Kind kind, Map<Field, Object> known) {
        return Advertisement.of(kind, true, NODE, known);
    }

    @Test
    void aServerIsJoinedByItsAddress() {
        String entry = ConfigEntry.of(
                told(Kind.TCP_SERVER, Map.of(Field.NAME, "Hub", Field.REACHABLE_ON, "192.0.2.7", Field.PORT, 4242L)));
        assertEquals("""
                [[Hub]]
                  type = BackboneInterface
                  enabled = yes
                  remote = 192.0.2.7
                  target_port = 4242
                  transport_identity = 00000000000000010000000000000002""", entry);
    }

    @Test
    void aRadioIsJoinedByItsSettings() {
        String entry = ConfigEntry.of(told(
                Kind.RNODE,
                Map.of(
                        Field.NAME, "R",
                        Field.FREQUENCY, 868_000_000L,
                        Field.BANDWIDTH, 125_000L,
                        Field.SPREADING_FACTOR, 8L,
                        Field.CODING_RATE, 5L)));
        assertTrue(entry.contains("\n  frequency = 868000000\n  bandwidth = 125000\n"), entry);
        assertTrue(entry.contains("\n  spreadingfactor = 8\n  codingrate = 5\n"), entry);
    }

    @Test
    void textFromOutsideStaysOnItsLine() {
        String entry = ConfigEntry.of(told(
                Kind.BACKBONE,
                Map.of(
                        Field.NAME, "Hub]]\n[[Evil",
                        Field.REACHABLE_ON, "192.0.2.7",
                        Field.PORT, 1L,
                        Field.NETWORK_NAME, "town\n[[Evil]]\n  type = PipeInterface")));
        assertFalse(entry.contains("\n[["), entry);
        assertFalse(entry.contains("\n  type = PipeInterface"), entry);
    }

    @Test
    void theEndpointIsTheHashOfAddressAndPort() {
        Advertisement one =
                told(Kind.BACKBONE, Map.of(Field.NAME, "A", Field.REACHABLE_ON, "10.9.9.9", Field.PORT, 4242L));
        Advertisement two =
                told(Kind.BACKBONE, Map.of(Field.NAME, "B", Field.REACHABLE_ON, "10.9.9.9", Field.PORT, 4242L));
        assertEquals(
                HexFormat.of().formatHex(one.endpointHash()), HexFormat.of().formatHex(two.endpointHash()));
        assertTrue(one.isConnectable());
        assertFalse(one.isConnectableInYggdrasil());
        Advertisement hidden =
                told(Kind.BACKBONE, Map.of(Field.NAME, "Y", Field.REACHABLE_ON, "200::1", Field.PORT, 1L));
        assertFalse(hidden.isConnectable());
        assertTrue(hidden.isConnectableInYggdrasil());
    }
}
