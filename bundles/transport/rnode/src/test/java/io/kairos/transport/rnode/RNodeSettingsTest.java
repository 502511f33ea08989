package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.test.contract.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RNodeSettingsTest {

    private static final Settings USUAL =
            Settings.of("interface.name", "lora", "port", "/dev/ttyUSB0", "region", "eu868", "profile", "balanced");

    private static RNodeSettings read(Map<String, ?> extra) {
        Settings all = USUAL.with(extra);
        return RNodeSettings.from(all.as(RNodeConfig.class), all.map());
    }

    private static String refusal(String key, String value) {
        return assertThrows(MeshException.class, () -> read(Map.of(key, value))).getMessage();
    }

    @Test
    void aRadioThatIsAnnouncedIsAnAccessPointUnlessItsOperatorChoseAnotherMode() {
        assertEquals(InterfaceMode.FULL, read(Map.of()).policy().mode());
        assertEquals(
                InterfaceMode.ACCESS_POINT,
                read(Map.of("discoverable", "true")).policy().mode());
        assertEquals(
                InterfaceMode.GATEWAY,
                read(Map.of("discoverable", "true", "mode", "gateway")).policy().mode());
        assertEquals(
                InterfaceMode.FULL,
                read(Map.of("discoverable", "true", "discoverable.keep.mode", "true"))
                        .policy()
                        .mode());
    }

    @Test
    void whatComesOverTheAirIsNotHeldBack() {
        assertFalse(read(Map.of()).policy().ingressControl());
        assertTrue(read(Map.of("ingress.control", "true")).policy().ingressControl());
    }

    @Test
    void theAccessCodeTakesItsRoomFromThePacket() {
        RNodeSettings closed = read(Map.of("access.passphrase", "secret"));

        assertEquals(500, closed.budget().packetBytes());
        assertEquals(8, closed.policy().accessCode().orElseThrow().sizeBytes());
        assertEquals(508, read(Map.of()).budget().packetBytes());
    }

    @Test
    void wrongSettingsAreNamed() {
        assertTrue(refusal("port", "").contains("port is missing"));
        assertTrue(refusal("port", "ble://RNode").contains("Bluetooth Low Energy is not supported"));
        assertTrue(refusal("port", "tcp://").contains("names no host"));
        assertTrue(refusal("port", "tcp://host:99999").contains("names no TCP port"));
        assertTrue(refusal("region", "atlantis").contains("region = atlantis is not known"));
        assertTrue(refusal("profile", "warp").contains("profile = warp is not known"));
        assertTrue(refusal("tx.power.dbm", "loud").contains("is no number of dBm"));
        assertTrue(refusal("tx.power.dbm", "28").contains("28 is more than the 27 dBm"));
        assertTrue(refusal("id.callsign", "x".repeat(33)).contains("longer than 32 bytes"));
        assertTrue(refusal("spreading.factor", "4").contains("spreading.factor = 4"));
    }

    @Test
    void devicesAndChannelsAreWhereItMeetsOthers() {
        assertEquals(
                Set.of("serial:device/dev/ttyUSB0", "lora:air:869525000/125000/8"),
                read(Map.of()).endpoints().stream().map(each -> each.text()).collect(Collectors.toSet()));
        assertEquals(Set.of(), read(Map.of("enabled", "false")).endpoints());
        assertEquals("10.0.0.1", TcpPort.host("10.0.0.1"));
        assertEquals(7_633, TcpPort.port("10.0.0.1"));
        assertEquals("radio.example.org", TcpPort.host("radio.example.org:7700"));
        assertEquals(7_700, TcpPort.port("radio.example.org:7700"));
        assertEquals("fe80::1", TcpPort.host("[fe80::1]"));
        assertEquals("fe80::1", TcpPort.host("fe80::1"));
        assertEquals(7_700, TcpPort.port("[fe80::1]:7700"));
    }

    @Test
    void severalRadiosMayStandInOneStringOrInSeveral() {
        Map<String, Object> settings =
                new HashMap<>(Map.of("interface.name", "several", "port", "/dev/ttyUSB0", "region", "eu868"));
        settings.put("radios", new String[] {"low index=0 profile=fast", "high index=1 region=ism2400 profile=fast"});
        Settings all = Settings.of().with(settings);

        RNodeSettings read = RNodeSettings.from(all.as(RNodeMultiConfig.class), all.map());

        assertEquals(2, read.line().radios().size());
        assertEquals(121_875, read.budget().bitsPerSecond());
        settings.put("radios", "low index=0 profile=fast, other index=0 profile=fast");
        Settings twice = Settings.of().with(settings);
        assertThrows(MeshException.class, () -> RNodeSettings.from(twice.as(RNodeMultiConfig.class), twice.map()));
    }
}
