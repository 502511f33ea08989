package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagementSettingsTest {

    private static final String GOOD = "0102030405060708090a0b0c0d0e0f10";

    private static ManagementConfig config(Map<String, Object> said) {
        return (ManagementConfig) Proxy.newProxyInstance(
                ManagementConfig.class.getClassLoader(),
                new Class<?>[] {ManagementConfig.class},
                (self, method, arguments) -> said.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    @Test
    void aHashThatIsSaidTwiceCountsOnce() {
        ManagementSettings settings = ManagementSettings.from(
                config(Map.of("blackhole_sources", new String[] {GOOD, GOOD}, "blackhole_interval_minutes", 1)));
        assertEquals(1, settings.sources().size());
        assertEquals(Duration.ofMinutes(2), settings.interval());
    }

    @Test
    void aHashThatCannotBeReadIsRefused() {
        for (String slip : List.of("0102", "zz".repeat(16))) {
            for (String key : List.of("remote_allowed", "blackhole_sources")) {
                ManagementConfig config = config(Map.of(key, new String[] {slip}));
                MeshException refused = assertThrows(MeshException.class, () -> ManagementSettings.from(config));
                assertTrue(refused.getMessage().contains(slip), refused.getMessage());
            }
        }
    }

    @Test
    void aNodeThatRunsGoesOnWithoutIt() {
        ManagementSettings settings =
                ManagementSettings.readable(config(Map.of("blackhole_sources", new String[] {GOOD + ",0102"})));
        assertEquals(GOOD, settings.sources().get(0).toHex());
        assertEquals(1, settings.sources().size());
    }
}
