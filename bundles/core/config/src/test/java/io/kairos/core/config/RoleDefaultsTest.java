package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kairos.api.admin.RoleSettings;
import io.kairos.api.admin.RoleSettings.Standing;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.role.NodeRole;
import io.kairos.core.config.sample.SampleInterface;
import io.kairos.test.kit.WaitFor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

/** With the component runtime and the configuration service that the node ships. */
@Timeout(60)
class RoleDefaultsTest {

    private static final String SAMPLE = FelixRig.SAMPLE;

    @TempDir
    Path folder;

    private FelixRig rig;

    private record Given(String name, Map<String, Map<String, String>> defaults) implements NodeRole {
        @Override
        public String purpose() {
            return "for this test";
        }
    }

    @BeforeEach
    void start() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a"));
        rig.write("b", Map.of("interface.name", "b", "listen.port", "2000"));
        rig.awaitEvent("up a:null");
        rig.awaitEvent("up b:2000");
        SampleInterface.EVENTS.clear();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    private static NodeRole role(String name, String pid, String key, String value) {
        return new Given(name, Map.of(pid, Map.of(key, value)));
    }

    @Test
    void aRoleFillsInWhatTheOperatorDoesNotSayAndTakesItBack() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");

        hub.unregister();
        rig.settle();
        rig.awaitEvent("changed a:null");

        assertEquals(
                List.of("changed a:3000", "changed a:null"), List.copyOf(SampleInterface.EVENTS), "b is left alone");
    }

    @Test
    void changingTheRoleIsOneChangeForTheInterface() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");
        hub.unregister();
        rig.take(role("home", SAMPLE, "listen.port", "4000"), 0);

        assertEquals(List.of("changed a:3000", "changed a:4000"), rig.awaitEvent("changed a:4000"));
    }

    @Test
    void whoAsksInBetweenCostsTheInterfaceNoChange() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");
        hub.unregister();
        assertNull(rig.configuration("a").getProcessedProperties(null).get("listen.port"));
        rig.settle();

        rig.awaitEvent("changed a:null");
    }

    @Test
    void aRoleThatCameAndWentBeforeAnythingWasHandedOverLeavesNoTrace() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");
        hub.unregister();
        ServiceRegistration<NodeRole> again = rig.takeUnsettled(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.write("c", Map.of("interface.name", "c"));
        rig.awaitEvent("up c:3000");
        again.unregister();
        rig.settle();

        rig.awaitEvent("changed c:null");
        rig.awaitEvent("changed a:null");
    }

    @Test
    void anEditThatNamesTheKeyHoldsAndOneThatDropsItGivesItBack() throws Exception {
        rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");

        rig.write("a", Map.of("interface.name", "a", "listen.port", "5000"));
        rig.awaitEvent("changed a:5000");
        rig.write("a", Map.of("interface.name", "a"));
        WaitFor.condition(
                "3000 again",
                () -> SampleInterface.EVENTS
                        .get(SampleInterface.EVENTS.size() - 1)
                        .equals("changed a:3000"));
    }

    @Test
    void theLastGoodSettingsNeverHoldWhatARoleSaid() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        rig.awaitEvent("changed a:3000");
        rig.write("a", Map.of("interface.name", "a", "rate", "9000"));
        rig.awaitEvent("undisturbed");
        hub.unregister();
        rig.settle();
        rig.awaitEvent("changed a:null");

        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains("3000"), file.toString());
            }
        }
    }

    @Test
    void theRoleThatComesFirstHoldsAndTheOtherIsTold() throws Exception {
        rig.take(role("repeater", SAMPLE, "listen.port", "3000"), 0);
        rig.take(role("hub", SAMPLE, "listen.port", "4000"), 10);
        rig.awaitEvent("changed a:4000");

        Finding finding = findings().get(0);
        assertEquals(Finding.Severity.WARNING, finding.severity());
        assertEquals("repeater says listen.port = 3000 for a, but hub says 4000 and comes first", finding.message());
        assertEquals(
                List.of(Standing.HOLDS, Standing.OVERRIDDEN, Standing.OTHER_ROLE, Standing.OVERRIDDEN),
                rig.service(RoleSettings.class).values().stream()
                        .map(RoleSettings.Value::standing)
                        .toList());
    }

    @Test
    void whatThePartRefusesIsLeftOutAndTold() throws Exception {
        rig.take(new Given("odd", Map.of(SAMPLE, Map.of("listen.port", "70000", "framing", "kiss"))), 0);
        WaitFor.condition("framing", () -> SampleInterface.EVENTS.contains("undisturbed"));

        assertEquals(
                "odd says listen.port = 70000 for a, which is above 65535; it is left out",
                findings().get(0).message());
    }

    @Test
    void aPartWithoutSettingsOfItsOwnGetsThemAsLongAsARoleHasThem() throws Exception {
        ServiceRegistration<NodeRole> hub = rig.take(role("hub", "io.kairos.core.single", "x", "1"), 0);
        WaitFor.condition(
                "it is made", () -> rig.single("io.kairos.core.single").isPresent());
        assertEquals(
                "1",
                rig.single("io.kairos.core.single")
                        .get()
                        .getProcessedProperties(null)
                        .get("x"));

        hub.unregister();
        rig.settle();
        WaitFor.condition(
                "it is gone", () -> rig.single("io.kairos.core.single").isEmpty());
    }

    @Test
    void oneFindingSaysHowManySettingsComeFromTheRole() throws Exception {
        assertEquals(List.of(Finding.ok("No role sets anything")), findings());
        rig.take(role("hub", SAMPLE, "listen.port", "3000"), 0);
        assertEquals(
                "1 settings come from hub, 1 are the operator's own",
                findings().get(0).message());
    }

    private List<Finding> findings() throws Exception {
        return rig.services(HealthCheck.class).stream()
                .filter(check -> check.subject().equals("role settings"))
                .flatMap(check -> check.examine().stream())
                .toList();
    }
}
