package io.kairos.lib.configobj;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.BurstLimits;
import io.kairos.api.transport.DiscoveryPolicy;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfacePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InterfaceSectionTest {

    private static InterfaceSection read(String... lines) {
        return InterfaceSection.of(ConfigReader.read("[x]\n" + String.join("\n", lines), "f")
                .sections()
                .get(0));
    }

    @Test
    void everySharedKeyBecomesASettingOfOurs() {
        InterfaceSection section = read(
                "type = UDPInterface",
                "enabled = yes",
                "mode = gw",
                "outgoing = no",
                "bitrate = 1200",
                "announce_cap = 5",
                "network_name = net",
                "passphrase = 'p#w'",
                "ifac_size = 130",
                "announce_rate_target = 60",
                "announce_rate_grace = 2",
                "announce_rate_penalty = 30",
                "ingress_control = no",
                "egress_control = yes",
                "gravity = 3",
                "recursive_prs = yes",
                "announces_from_internal = no",
                "announces_to_internal = yes",
                "listen_port = 1");

        assertEquals(
                Map.ofEntries(
                        Map.entry("mode", "gateway"),
                        Map.entry("outgoing", "false"),
                        Map.entry("announce.cap.percent", "5.0"),
                        Map.entry("access.network.name", "net"),
                        Map.entry("access.passphrase", "p#w"),
                        Map.entry("access.size.bits", "128"),
                        Map.entry("announce.rate.target.seconds", "60"),
                        Map.entry("announce.rate.grace", "2"),
                        Map.entry("announce.rate.penalty.seconds", "30"),
                        Map.entry("ingress.control", "false"),
                        Map.entry("egress.control", "true"),
                        Map.entry("gravity", "3"),
                        Map.entry("recursive.path.requests", "true"),
                        Map.entry("announces.from.internal", "false"),
                        Map.entry("announces.to.internal", "true")),
                section.policy());
        assertEquals(InterfaceMode.GATEWAY, section.mode());
        assertEquals(OptionalLong.of(1200), section.bitrate());
        assertTrue(section.isEnabled());
        assertEquals(List.of("listen_port"), section.ownKeys());
        assertEquals(List.of(), section.problems());
    }

    @Test
    void ofTwoSpellingsTheOneThatReticulumPrefersWins() {
        InterfaceSection section = read(
                "type = X", "networkname = old", "network_name = new", "passphrase = first", "pass_phrase = second");
        assertEquals("new", section.policy().get("access.network.name"));
        assertEquals("second", section.policy().get("access.passphrase"));
    }

    @Test
    void bothKeysForTheModeAreUnderstoodAndTheLongOneCounts() {
        assertEquals(
                InterfaceMode.INTERNAL,
                read("type = X", "interface_mode = internal").mode());
        assertEquals(
                InterfaceMode.ACCESS_POINT,
                read("type = X", "interface_mode = ap", "mode = roaming").mode());
    }

    @Test
    void theLongKeyKnowsFiveModesAndForTheOthersTheShortOneIsNeeded() {
        InterfaceSection alone = read("type = X", "interface_mode = gateway");
        InterfaceSection both = read("type = X", "interface_mode = gateway", "mode = gw");
        InterfaceSection other = read("type = X", "interface_mode = gateway", "mode = roaming");

        assertEquals(InterfaceMode.GATEWAY, alone.mode());
        assertEquals(
                List.of("interface_mode"),
                alone.problems().stream().map(InterfaceSection.Problem::key).toList());
        assertEquals(InterfaceMode.GATEWAY, both.mode());
        assertEquals(InterfaceMode.FULL, other.mode());
        assertEquals(List.of(), both.problems());
        assertEquals("full", other.policy().get("mode"));
    }

    @Test
    void itIsOffUnlessItSaysOtherwise() {
        assertFalse(read("type = X").isEnabled());
        assertTrue(read("type = X", "interface_enabled = On").isEnabled());
    }

    @Test
    void whatCannotBeUsedIsToldWithItsLineAndTheRestHolds() {
        InterfaceSection section = read("enabled = yes", "mode = sideways", "bitrate = 4", "outgoing = perhaps");

        assertEquals(InterfaceMode.FULL, section.mode());
        assertEquals(OptionalLong.empty(), section.bitrate());
        assertEquals(
                List.of("type:1", "mode:3", "bitrate:4", "outgoing:5"),
                section.problems().stream()
                        .map(problem -> problem.key() + ":" + problem.line())
                        .toList());
    }

    @Test
    void keysWithoutCounterpartAreNamedWithTheReason() {
        InterfaceSection section = read("type = X", "bootstrap_only = yes", "location_cmd = ~/where");
        assertEquals(
                List.of("bootstrap_only", "location_cmd"),
                List.copyOf(section.withoutCounterpart().keySet()));
        assertEquals(List.of(), section.ownKeys());
    }

    @Test
    void limitsOfBurstsBecomeSettings() {
        InterfaceSection section = read(
                "type = X",
                "ic_max_held_announces = 7",
                "ic_burst_freq = 4.5",
                "ic_new_time = 99",
                "ic_held_release_interval = 1",
                "ec_pr_freq = 2");
        BurstLimits limits = InterfacePolicy.parse(section.policy(), 16).bursts();
        assertEquals(7, limits.held());
        assertEquals(4.5, limits.announces());
        assertEquals(Duration.ofSeconds(99), limits.newFor());
        assertEquals(Duration.ofSeconds(1), limits.release());
        assertEquals(2, limits.egressRequests());
        assertEquals(BurstLimits.DEFAULT.hold(), limits.hold());
        assertEquals(
                BurstLimits.DEFAULT,
                InterfacePolicy.parse(read("type = X").policy(), 16).bursts());
    }

    @Test
    void aDiscoverableInterfaceSuitsStrangers() {
        InterfaceSection section = read(
                "type = X",
                "discoverable = yes",
                "discovery_name = Hub",
                "reachable_on = hub.example.org",
                "announce_interval = 1",
                "discovery_encrypt = yes",
                "latitude = 51.5");
        InterfacePolicy policy = InterfacePolicy.parse(section.policy(), 16);
        DiscoveryPolicy discovery = policy.discovery().orElseThrow();
        assertEquals(InterfaceMode.GATEWAY, policy.mode());
        assertEquals(Optional.of("Hub"), discovery.name());
        assertEquals(Optional.of("hub.example.org"), discovery.reachableOn());
        assertEquals(Duration.ofMinutes(5), discovery.interval());
        assertEquals(Optional.of(51.5), discovery.latitude());
        assertEquals(Optional.empty(), discovery.longitude());
        assertTrue(discovery.encrypted());
        assertFalse(discovery.tellsAccessCode());
        assertEquals(List.of(), section.problems());
    }

    @Test
    void theModeOfADiscoverableInterfaceStaysWhereItSuitsOrTheOperatorInsists() {
        assertEquals(InterfaceMode.ACCESS_POINT, mode("discoverable = yes", "mode = ap"));
        assertEquals(InterfaceMode.INTERNAL, mode("discoverable = yes", "mode = internal"));
        assertEquals(InterfaceMode.GATEWAY, mode("discoverable = yes", "mode = roaming"));
        assertEquals(
                InterfaceMode.ROAMING, mode("discoverable = yes", "mode = roaming", "ignore_config_warnings = yes"));
        assertEquals(InterfaceMode.FULL, mode("discoverable = no", "discovery_name = Hub"));
        assertTrue(InterfacePolicy.parse(read("type = X", "discoverable = no").policy(), 16)
                .discovery()
                .isEmpty());
    }

    @Test
    void aProgramThatTellsTheAddressIsNotRun() {
        InterfaceSection section = read("type = X", "discoverable = yes", "reachable_on = /usr/local/bin/address");
        assertEquals("reachable_on", section.problems().get(0).key());
    }

    private static InterfaceMode mode(String... lines) {
        List<String> all = new ArrayList<>(List.of("type = X"));
        all.addAll(List.of(lines));
        return InterfacePolicy.parse(read(all.toArray(String[]::new)).policy(), 16)
                .mode();
    }
}
