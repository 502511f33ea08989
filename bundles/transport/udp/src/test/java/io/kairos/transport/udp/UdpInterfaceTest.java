package io.kairos.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpInterfaceTest {

    @Test
    void defaultsAreThoseOfReticulum() throws IOException {
        UdpSettings settings = settings(Map.of());

        assertEquals(LinkBudget.plain(10_000_000, 1_064), settings.budget());
        assertEquals("0.0.0.0:4242", UdpAddresses.text(settings));
        assertEquals(
                "255.255.255.255",
                UdpAddresses.of(settings).forward().getAddress().getHostAddress());
        assertEquals(4242, UdpAddresses.of(settings).forward().getPort());
    }

    @Test
    void isDescribedAsInReticulum() throws IOException, NoSuchAlgorithmException {
        Settings given = Settings.of("interface.name", "U", "enabled", "false");

        ManualClock time = new ManualClock();
        try (UdpInterface udp = new UdpInterface(given.as(UdpConfig.class), given.map(), time, time)) {
            JsonNode vector = recorded();
            assertEquals(vector.get("text").asText(), udp.description());
            byte[] text = udp.description().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            assertEquals(vector.get("hash").asText(), HexFormat.of().formatHex(hash));
            assertEquals("udp", udp.kind());
            assertEquals(InterfaceState.DISABLED, udp.status().state());
        }
    }

    @Test
    void aMissingDeviceIsAHardwareFailure() {
        UdpSettings settings = settings(Map.of("device", "nosuchdevice0"));

        try {
            UdpAddresses.of(settings);
        } catch (IOException e) {
            Failure failure = UdpAddresses.failure(settings, e);
            assertEquals(Failure.Kind.HARDWARE, failure.kind());
            assertTrue(failure.message().contains("nosuchdevice0"));
            return;
        }
        throw new AssertionError("such a device should not exist");
    }

    @Test
    void aTakenPortIsNamed() {
        Failure failure = UdpAddresses.failure(settings(Map.of()), new BindException("Address already in use"));

        assertEquals("UDP port 4242 is taken", failure.message());
    }

    /** Recorded from the reference implementation (RNS 1.4.2). */
    private static JsonNode recorded() throws IOException {
        try (InputStream in = UdpInterfaceTest.class.getResourceAsStream("/vectors/udp.json")) {
            return new ObjectMapper().readTree(in).get("interface_hash").get(0);
        }
    }

    private static UdpSettings settings(Map<String, ?> extra) {
        Settings given = Settings.of("interface.name", "U").with(extra);
        return UdpSettings.from(given.as(UdpConfig.class), given.map());
    }
}
