package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleOrderTest {

    private static final String TCP = "io.kairos.transport.tcp.client";

    private static RoleOrder.Entry entry(String name, int ranking, Map<String, Map<String, String>> defaults) {
        return new RoleOrder.Entry(name, ranking, defaults);
    }

    @Test
    void theHigherRankingCountsThenTheAlphabet() {
        RoleOrder order = new RoleOrder(List.of(
                entry("b", 0, Map.of(TCP, Map.of("mode", "of b"))),
                entry("c", 5, Map.of(TCP, Map.of("mode", "of c"))),
                entry("a", 0, Map.of(TCP, Map.of("mode", "of a", "gravity", "1")))));

        assertEquals(Map.of("mode", "of c", "gravity", "1"), order.values(TCP));
        assertEquals(
                List.of("c", "a", "b"),
                order.about(TCP).get("mode").stream().map(RoleOrder.Say::role).toList());
    }

    @Test
    void theExactPidWinsOverOneThatStandsForMany() {
        RoleOrder order = new RoleOrder(List.of(entry(
                "hub",
                0,
                Map.of(
                        "io.kairos.transport.*",
                        Map.of("mode", "any", "gravity", "1"),
                        "io.kairos.transport.tcp.*",
                        Map.of("mode", "tcp"),
                        TCP,
                        Map.of("mode", "client")))));

        assertEquals(Map.of("mode", "client", "gravity", "1"), order.values(TCP));
        assertEquals(Map.of("mode", "tcp", "gravity", "1"), order.values("io.kairos.transport.tcp.server"));
        assertEquals(Map.of("mode", "any", "gravity", "1"), order.values("io.kairos.transport.udp"));
        assertEquals(Map.of(), order.values("io.kairos.core.router"));
    }

    @Test
    void interfacesAndNetworksAreNeverMade() {
        RoleOrder order = new RoleOrder(List.of(entry(
                "hub",
                0,
                Map.of(
                        "io.kairos.transport.udp", Map.of("a", "1"),
                        "io.kairos.network", Map.of("a", "1"),
                        "io.kairos.core.*", Map.of("a", "1"),
                        "org.apache.karaf.shell", Map.of("a", "1"),
                        "io.kairos.core.router", Map.of("a", "1")))));

        assertEquals(Set.of("io.kairos.core.router"), order.singles());
    }

    @Test
    void aRoleThatLeavesTakesOnlyItsOwn() {
        RoleOrder.Entry hub = entry("hub", 0, Map.of(TCP, Map.of("mode", "hub")));
        RoleOrder.Entry home = entry("home", 9, Map.of(TCP, Map.of("mode", "home")));
        RoleOrder both = new RoleOrder(List.of()).with(hub).with(home);

        assertEquals(Map.of("mode", "home"), both.values(TCP));
        assertEquals(Map.of("mode", "hub"), both.without(home).values(TCP));
    }
}
