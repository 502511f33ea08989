package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.Configurations.Problem;
import io.kairos.api.admin.Configurations.Refused;
import io.kairos.api.health.Finding.Severity;
import io.kairos.api.health.HealthCheck;
import io.kairos.core.config.sample.SampleInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the component runtime and the configuration service that the node ships. */
@Timeout(60)
class ConfigurationGuardTest {

    @TempDir
    Path folder;

    private FelixRig rig;

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aBadEditLeavesTheRunningInstanceAsItWasUntilItIsCorrected() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a", "listen.port", "1000"));
        rig.awaitEvent("up a:1000");

        rig.write("a", Map.of("interface.name", "a", "listen.port", "70000"));
        List<String> events = rig.awaitEvent("undisturbed");

        assertEquals(List.of("up a:1000", "undisturbed"), events);
        Refused refused = configurations().refused().get(0);
        assertTrue(refused.lastGoodInForce());
        assertTrue(refused.file().endsWith("io.kairos.transport.sample-a.cfg"), refused.file());
        Problem problem = refused.problems().get(0);
        assertEquals("listen.port", problem.key());
        assertEquals("70000", problem.value());
        assertEquals("is above 65535", problem.reason());
        assertEquals("The default is 4242. TCP port.", problem.remedy());
        assertEquals(Severity.WARNING, severity());

        rig.write("a", Map.of("interface.name", "a", "listen.port", "2000"));
        rig.awaitEvent("changed a:2000");

        assertEquals(List.of(), configurations().refused());
        assertEquals(Severity.OK, severity());
    }

    @Test
    void aBadFirstConfigurationComesUpDownWithItsReason() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();

        rig.write("a", Map.of("interface.name", "a", "listen.port", "abc"));

        rig.awaitEvent("up a:null refused(listen.port = abc is not a whole number) enabled=false");
        assertFalse(configurations().refused().get(0).lastGoodInForce());
        assertEquals(Severity.ERROR, severity());

        rig.write("a", Map.of("interface.name", "a", "listen.port", "5"));
        rig.awaitEvent("changed a:5");
        assertEquals(List.of(), configurations().refused());
    }

    @Test
    void aBadEditMadeWhileTheNodeWasDownDoesNotCostTheInterface() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a", "listen.port", 1000));
        rig.awaitEvent("up a:1000");
        rig.close();

        rig = new FelixRig(folder);
        rig.write("a", Map.of("interface.name", "a", "listen.prot", "1"));
        rig.startGuard().startSample();

        rig.awaitEvent("up a:1000");
        assertTrue(configurations().refused().get(0).lastGoodInForce());
    }

    @Test
    void theLastGoodSettingsAreKeptPrivately() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a", "access.passphrase", "swordfish"));
        rig.awaitEvent("up a:null");

        try (Stream<Path> files = Files.list(folder.resolve("data/kairos/last-good-settings"))) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(all.get(0))));
        }
    }

    @Test
    void twoInterfacesOfOneNameTheLaterOneIsRefusedUntilTheNameIsFree() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("z", Map.of("interface.name", "roof", "listen.port", "1"));
        rig.awaitEvent("up roof:1");

        rig.write("a", Map.of("interface.name", "roof", "listen.port", "2"));

        rig.awaitEvent(
                "up roof:2 refused(interface.name = roof is the name of another interface already) enabled=false");
        assertEquals(1, configurations().refused().size());
        assertFalse(SampleInterface.EVENTS.contains("gone roof:1"));

        rig.configuration("z").delete();
        rig.awaitEvent("changed roof:2");
        assertEquals(List.of(), configurations().refused());
    }

    @Test
    void aRenameFreesTheNameToo() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "one", "listen.port", "1"));
        rig.awaitEvent("up one:1");
        rig.write("b", Map.of("interface.name", "one", "listen.port", "2"));
        rig.awaitEvent("up one:2 refused(interface.name = one is the name of another interface already) enabled=false");

        rig.write("a", Map.of("interface.name", "other", "listen.port", "1"));

        rig.awaitEvent("changed one:2");
        rig.awaitEvent("changed other:1");
        assertEquals(List.of(), configurations().refused());
    }

    @Test
    void aDeletedConfigurationIsForgotten() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a", "listen.port", "1"));
        rig.awaitEvent("up a:1");
        rig.write("a", Map.of("interface.name", "a", "listen.port", "0"));
        rig.awaitEvent("undisturbed");

        rig.configuration("a").delete();
        rig.awaitEvent("gone a:1");

        assertEquals(List.of(), configurations().refused());
        rig.write("a", Map.of("interface.name", "a", "listen.port", "0"));
        rig.awaitEvent("up a:null refused(listen.port = 0 is below 1) enabled=false");
    }

    @Test
    void aRefusalIsKnownAlsoWhenNoComponentIsThereToAsk() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample().stopSample();
        rig.write("a", Map.of("interface.name", "a", "framing", "avian"));

        Problem problem = configurations().refused().get(0).problems().get(0);
        assertEquals("is none of the possible values", problem.reason());
        assertTrue(problem.remedy().startsWith("Use one of hdlc, kiss"), problem.remedy());

        rig.write("a", Map.of("interface.name", "a", "framing", "kiss"));
        assertEquals(List.of(), configurations().refused());
    }

    @Test
    void whatWasBadBeforeTheGuardStartedIsReported() throws Exception {
        rig = new FelixRig(folder).startSample().stopSample();
        rig.write("a", Map.of("interface.name", "a", "framing", "avian"));

        rig.startGuard();

        assertEquals(1, configurations().refused().size());
    }

    @Test
    void theGuardCanBeReplacedWhileInterfacesRun() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a", "listen.port", "1"));
        rig.awaitEvent("up a:1");

        rig.stopGuard().startGuard();
        rig.write("a", Map.of("interface.name", "a", "listen.port", "-1"));
        List<String> events = rig.awaitEvent("undisturbed");

        assertEquals(List.of("up a:1", "undisturbed"), events);
    }

    @Test
    void proposedSettingsAreCheckedTheSameWay() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();
        rig.write("a", Map.of("interface.name", "a"));
        rig.awaitEvent("up a:null");

        assertEquals(List.of(), keys(Map.of("interface.name", "b", "mode", "gateway", "gravity", "7")));
        assertEquals(List.of("interface.name"), keys(Map.of()));
        assertEquals(List.of("interface.name"), keys(Map.of("interface.name", " ")));
        assertEquals(List.of("interface.name"), keys(Map.of("interface.name", "a")));
        assertEquals(List.of("mode"), keys(Map.of("interface.name", "b", "mode", "sideways")));
        assertEquals(
                List.of("announce.cap.percent"), keys(Map.of("interface.name", "b", "announce.cap.percent", "200")));
        assertEquals(
                List.of("keep.alive", "listen.port", "share", "rate"),
                keysInAnyOrder(
                        List.of("keep.alive", "listen.port", "share", "rate"),
                        Map.of(
                                "interface.name",
                                "b",
                                "keep.alive",
                                "yes",
                                "listen.port",
                                "12 ",
                                "share",
                                "half",
                                "rate",
                                4L)));
    }

    @Test
    void everyProblemSaysWhatWouldBeRight() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();

        assertEquals(
                "has a blank before or behind it", problem("listen.port", "1 ").reason());
        assertEquals("is above 65535", problem("listen.port", "99999999999").reason());
        assertEquals("is not a whole number", problem("listen.port", "4242.0").reason());
        assertEquals("is below 5", problem("rate", "4").reason());
        assertEquals("is above 9", problem("retries", "10").reason());
        assertEquals("is neither true nor false", problem("keep.alive", "yes").reason());
        assertEquals("Did you mean listen.port?", problem("listen_port", "1").remedy());
        assertEquals(
                "Did you mean announce.cap.percent?",
                problem("anounce.cap.percent", "1").remedy());
        assertTrue(problem("colour", "red").remedy().startsWith("Remove it. Known are: "));
        assertEquals("there is no such setting", problem("kairos.refused", "x").reason());
        assertEquals(Secrets.DOTS, problem("acess.passphrase", "swordfish").value());
        assertEquals(Secrets.DOTS, problem("peer.hots", "198.51.100.7").value());
    }

    @Test
    void settingsOfOthersAndSettingsNobodyDeclaresAreLeftAlone() throws Exception {
        rig = new FelixRig(folder).startGuard().startSample();

        assertEquals(List.of(), configurations().check("org.ops4j.pax.logging", Map.of("x", "y")));
        assertEquals(List.of(), configurations().check("io.kairos.nobody", Map.of("x", "y")));
        assertEquals(List.of(), keys(Map.of("interface.name", "b", "timers.target", "(a=b)", "service.ranking", 5)));
    }

    private Problem problem(String key, String value) {
        List<Problem> problems = configurations().check(FelixRig.SAMPLE, Map.of("interface.name", "new", key, value));
        assertEquals(1, problems.size(), key + " = " + value + ": " + problems);
        return problems.get(0);
    }

    private List<String> keys(Map<String, Object> settings) {
        return configurations().check(FelixRig.SAMPLE, settings).stream()
                .map(Problem::key)
                .toList();
    }

    private List<String> keysInAnyOrder(List<String> expected, Map<String, Object> settings) {
        List<String> found = keys(settings);
        assertEquals(
                expected.stream().sorted().toList(), found.stream().sorted().toList());
        return expected;
    }

    private Configurations configurations() {
        return rig.service(Configurations.class);
    }

    private Severity severity() throws Exception {
        return rig.services(HealthCheck.class).stream()
                .filter(check -> check.subject().equals("configuration"))
                .findFirst()
                .orElseThrow()
                .examine()
                .get(0)
                .severity();
    }
}
