package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.transport.InterfacePolicyConfig;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicySettingsTest {

    @Test
    void knowsEverySettingOfTheContract() {
        Set<String> declared = Arrays.stream(InterfacePolicyConfig.class.getDeclaredMethods())
                .map(Method::getName)
                .map(name -> name.replace('_', '.'))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                declared,
                PolicySettings.read().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void knowsTypesAndDefaults() {
        Setting enabled = PolicySettings.read().stream()
                .filter(setting -> setting.key().equals(Setting.ENABLED))
                .findFirst()
                .orElseThrow();

        assertEquals("true or false", enabled.type());
        assertEquals(Optional.of("true"), enabled.otherwise());
        assertEquals("false keeps the configuration but switches the interface off.", enabled.description());
    }
}
