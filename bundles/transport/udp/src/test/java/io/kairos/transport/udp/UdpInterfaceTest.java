package io.kairos.transport.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import java.io.IOException;
import java.net.BindException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpInterfaceTest {

    @Test
    void defaultsAreThoseOfReticulum() throws IOException {
        UdpSettings settings = settings(Map.of());

        assertEquals(LinkBudget.plain(10_000_000, 1_064), settings.budget());
        assertEquals("0.0.0.0:4242", UdpAddresses.text(settings));
        assertEquals("255.255.255.255", UdpAddresses.of(settings).forward().getAddress().getHostAddress());
        assertEquals(4242, UdpAddresses.of(settings).forward().getPort());
    }

    @Test
    void isDescribedAsInReticulum() {
        Settings given = Settings.of("interface.name", "U", "enabled", "false");

        try (UdpInterface udp = new UdpInterface(given.as(UdpConfig.class), given.map(), new ManualClock())) {
            assertEquals("UDPInterface[U/0.0.0.0:4242]", udp.description());
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

    private static UdpSettings settings(Map<String, ?> extra) {
        Settings given = Settings.of("interface.name", "U").with(extra);
        return UdpSettings.from(given.as(UdpConfig.class), given.map());
    }
}
