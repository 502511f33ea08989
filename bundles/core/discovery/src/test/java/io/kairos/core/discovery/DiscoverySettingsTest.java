package io.kairos.core.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceMode;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoverySettingsTest {

    private static final String GOOD = "0102030405060708090a0b0c0d0e0f10";

    private static DiscoveryConfig config(Map<String, Object> said) {
        return (DiscoveryConfig) Proxy.newProxyInstance(
                DiscoveryConfig.class.getClassLoader(),
                new Class<?>[] {DiscoveryConfig.class},
                (self, method, arguments) -> said.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void everythingIsOffUnlessSwitchedOn() {
        DiscoverySettings usual = DiscoverySettings.from(config(Map.of()));
        assertFalse(usual.collects());
        assertEquals(16, usual.requiredValue());
        assertEquals(Optional.empty(), usual.networkIdentity());
        assertEquals(0, usual.connect().most());
    }

    @Test
    void whatIsSaidIsRead() {
        DiscoverySettings settings = DiscoverySettings.from(config(Map.of(
                "enabled",
                true,
                "sources",
                new String[] {GOOD + ", " + GOOD},
                "network_identity",
                " town ",
                "autoconnect_maximum",
                1000,
                "autoconnect_mode",
                "gateway")));
        assertTrue(settings.collects());
        assertEquals(1, settings.sources().size());
        assertEquals(Optional.of("town"), settings.networkIdentity());
        assertEquals(64, settings.connect().most());
        assertEquals(Optional.of(InterfaceMode.GATEWAY), settings.connect().mode());
    }

    @Test
    void aSlipIsRefusedAndOnANodeThatRunsItNeverOpensMoreThanMeant() {
        DiscoveryConfig slip = config(Map.of("enabled", true, "sources", new String[] {"0102"}));
        MeshException refused = assertThrows(MeshException.class, () -> DiscoverySettings.from(slip));
        assertTrue(refused.getMessage().startsWith("sources = 0102 "), refused.getMessage());
        assertFalse(DiscoverySettings.readable(slip).collects());

        DiscoveryConfig half = config(Map.of("enabled", true, "sources", new String[] {GOOD, "zz"}));
        assertTrue(DiscoverySettings.readable(half).collects());
        assertEquals(1, DiscoverySettings.readable(half).sources().size());

        DiscoveryConfig mode = config(Map.of("autoconnect_mode", "sideways"));
        assertThrows(MeshException.class, () -> DiscoverySettings.from(mode));
        assertEquals(
                Optional.empty(), DiscoverySettings.readable(mode).connect().mode());
    }
}
