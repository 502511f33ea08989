package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.test.contract.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroundSettingsTest {

    private static final String IMEI = "300234010123450";

    @Test
    void modemsHaveNamesOrTheEndOfTheirNumber() {
        assertEquals(
                List.of(new GroundSettings.Modem("boat", IMEI), new GroundSettings.Modem("123468", "300234010123468")),
                read(Map.of("modems", "boat:" + IMEI + ", 300234010123468"))
                        .line()
                        .modems());
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsKeyAndARemedy() {
        refused("modems", "");
        refused("modems", "boat:12345");
        refused("modems", "a boat:" + IMEI);
        refused("modems", "boat:" + IMEI + ",hut:" + IMEI);
        refused("modems", (IMEI + ",").repeat(70));
        refused("gateway.host", " ");
        refused("gateway.addresses", "");
        refused("gateway.addresses", "gateway.example.net");
        refused("gateway.addresses", "198.51.100.0/33");
        refused("gateway.addresses", "198.51.100.0/a");
        refused("gateway.addresses", "198.51.100.256");
        refused("gateway.addresses", "2001:db8::/129");
        refused("gateway.addresses", "2001:db8:::1");
        refused("message.bytes", "2000");
        refused("listen.port", "0");
    }

    @Test
    void rangesHoldTheAddressesTheySay() throws UnknownHostException {
        List<SourceRange> ranges = SourceRange.parse("198.51.100.64/26", "2001:db8::/33,203.0.113.7");
        for (String inside :
                List.of("198.51.100.64", "198.51.100.127", "2001:db8:7fff::1", "203.0.113.7", "::ffff:203.0.113.7")) {
            assertTrue(holds(ranges, inside), inside);
        }
        for (String outside :
                List.of("198.51.100.63", "198.51.100.128", "2001:db8:8000::1", "203.0.113.6", "::1", "127.0.0.1")) {
            assertFalse(holds(ranges, outside), outside);
        }
        assertTrue(holds(SourceRange.parse("0.0.0.0/0"), "192.0.2.1"));
    }

    private static boolean holds(List<SourceRange> ranges, String address) throws UnknownHostException {
        InetAddress from = InetAddress.getByName(address);
        return ranges.stream().anyMatch(range -> range.contains(from));
    }

    private static void refused(String key, String value) {
        MeshException why = assertThrows(MeshException.class, () -> read(Map.of(key, value)), key + " = " + value);
        assertEquals(Failure.Kind.CONFIGURATION, why.kind());
        assertTrue(why.getMessage().startsWith(key), why.getMessage());
        assertFalse(why.remedy().isBlank());
    }

    private static GroundSettings read(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name",
                        "base",
                        "modems",
                        IMEI,
                        "gateway.host",
                        "gateway.example.net",
                        "gateway.addresses",
                        "198.51.100.0/24")
                .with(extra);
        return GroundSettings.from(settings.as(GroundConfig.class), settings.map());
    }
}
