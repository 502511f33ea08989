package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.Plugins.Consent;
import io.kairos.api.admin.Plugins.Installed;
import io.kairos.api.admin.Plugins.Plan;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginDeskTest {

    private static final List<String> STEPS = List.of(
            "begin",
            "journal",
            "archived",
            "allowed",
            "cleared",
            "applied",
            "tested",
            "recorded",
            "settled",
            "ended",
            "tidied");

    @TempDir
    Path folder;

    private Bench bench;

    /** The process is gone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void aNode() throws IOException {
        bench = new Bench(folder.resolve("node"));
    }

    @Test
    void aPlanChangesNothingAndTellsWhatWould() throws IOException {
        Path file = pack("1.0.0");
        String before = bench.container.state();

        Plan plan = plan(file);

        assertEquals(before, bench.container.state());
        assertEquals(
                List.of("+ feature hello/1.0.0", "+ bundle org.example.hello 1.0.0", "+ settings org.example.hello"),
                plan.changes());
        bench.desk.discard(plan);
        assertThrows(MeshException.class, () -> bench.desk.apply(plan, step -> {}));
        assertEquals(before, bench.container.state());
    }

    @Test
    void anUpdateCanBeRolledBackAndForth() throws IOException {
        bench.install(pack("1.0.0"));
        bench.install(pack("1.1.0"));
        assertEquals("1.1.0", installed().version());

        bench.desk.apply(bench.desk.planRollback("hello"), step -> {});
        assertEquals("1.0.0", installed().version());
        assertEquals("1.1.0", installed().highest());
        assertTrue(bench.container.features.contains("hello/1.0.0"));

        bench.desk.apply(bench.desk.planRollback("hello"), step -> {});
        assertEquals("1.1.0", installed().version());
    }

    @Test
    void whatIsRemovedLeavesNoContentBehindThatTheGateAdmits() throws IOException {
        bench.install(pack("1.0.0"));
        assertFalse(allowed().isEmpty());

        bench.desk.apply(bench.desk.planUninstall("hello"), step -> {});

        assertTrue(allowed().isEmpty());
        assertEquals(List.of(), bench.desk.installed());
        assertFalse(bench.container.features.contains("hello/1.0.0"));
    }

    @Test
    void aPluginGoesAlsoWhereOthersMissIt() throws IOException {
        bench.install(pack("1.0.0"));
        bench.container.faults.put("missed", "");

        bench.desk.apply(bench.desk.planUninstall("hello"), step -> {});

        assertEquals(Set.of("Interface lan is down"), bench.container.errors(Set.of()));
        assertEquals(List.of(), bench.desk.installed());
    }

    @Test
    void theNewestPackageOfAStickIsTaken() throws IOException {
        pack("1.0.0");
        pack("1.10.0");
        pack("1.9.0");
        Files.writeString(bench.outside().resolve("holiday.kar"), "no package");

        bench.install(bench.outside());

        assertEquals("1.10.0", installed().version());
    }

    @Test
    void anotherMakerIsAcceptedWhereTheOperatorSaysSo() throws IOException {
        bench.install(pack("1.0.0"));
        Maker bob = new Maker();
        bench.desk.trust("bob", bob.key().text());
        Path file = bob.pack(bench.outside(), draft("2.0.0"));

        Plan plan = bench.desk.planInstall(file.toString(), Optional.empty(), Set.of(Consent.NEW_SIGNER));
        bench.desk.apply(plan, step -> {});

        assertEquals("bob", installed().owner());
    }

    @Test
    void aSuddenDeathAtAnyStepOfAnInstallationEndsInTheOldOrTheNewState() throws Exception {
        for (String step : STEPS) {
            bench = new Bench(folder.resolve("install-" + step));
            dies(step, pack("1.0.0"));

            List<Installed> all = bench.desk.installed();
            assertEquals(!all.isEmpty(), bench.container.features.contains("hello/1.0.0"), step);
            assertEquals(!all.isEmpty(), bench.container.configurations.contains("org.example.hello"), step);
            assertEquals(all.isEmpty(), allowed().isEmpty(), step);
        }
    }

    @Test
    void aSuddenDeathAtAnyStepOfAnUpdateEndsInTheOldOrTheNewState() throws Exception {
        for (String step : STEPS) {
            bench = new Bench(folder.resolve("update-" + step));
            bench.install(pack("1.0.0"));
            dies(step, pack("1.1.0"));

            String version = installed().version();
            assertEquals(STEPS.indexOf(step) < STEPS.indexOf("recorded") ? "1.0.0" : "1.1.0", version, step);
            assertTrue(bench.container.features.contains("hello/" + version), step);
            assertEquals(2, bench.container.features.size(), step);
            assertEquals(2, bench.container.repositories.size(), step);
            assertTrue(bench.container.configurations.contains("org.example.hello"), step);
            bench.install(pack("1.2.0"));
        }
    }

    @Test
    void aContainerThatHasForgottenIsToldAgain() throws Exception {
        bench.install(pack("1.0.0"));
        bench.container.features.remove("hello/1.0.0");
        bench.container.repositories.removeIf(uri -> uri.contains("hello"));

        bench.restart();
        bench.desk.recover();

        assertTrue(bench.container.features.contains("hello/1.0.0"));
    }

    @Test
    void keysAreAddedListedAndRemovedAndCommentsStay() throws IOException {
        Path file = bench.node.resolve("etc/plugin.keys");
        Files.writeString(file, "# mine\n" + Files.readString(file));

        bench.desk.trust("bob", new Maker().key().text());
        assertEquals(2, bench.desk.trustedKeys().size());
        bench.desk.distrust("alice");

        assertEquals("bob", bench.desk.trustedKeys().get(0).name());
        assertTrue(Files.readString(file).startsWith("# mine\n"));
        assertThrows(MeshException.class, () -> bench.desk.distrust("alice"));
        assertThrows(MeshException.class, () -> bench.desk.trust("eve", "ed25519:AAAA"));
        assertThrows(
                MeshException.class,
                () -> bench.desk.trust("a = b", new Maker().key().text()));
    }

    /** The process ends at a step; the next start recovers. */
    private void dies(String step, Path file) throws Exception {
        Plan plan = plan(file);
        bench.steps = reached -> {
            if (reached.equals(step)) {
                throw new Death();
            }
        };
        assertThrows(Death.class, () -> bench.desk.apply(plan, progress -> {}));
        bench.steps = reached -> {};
        bench.restart();
        bench.desk.recover();
    }

    @Test
    void whatThisVersionOfTheNodeGoesOnWithoutIsNotBroughtBackAndComesBackLater() throws Exception {
        bench.desk.apply(plan(pack("1.0.0")), progress -> {});
        String before = bench.container.state();
        forgetFeatures(); // as a new version of the node does
        bench.leftOut =
                List.of(new LeftOut("0.3.0", "hello", PackageVersion.of("1.0.0"), Set.of(), "it needs something else"));
        bench.container.faults.put("1.0.0", "halfway");

        bench.restart();
        bench.desk.recover();
        assertFalse(bench.container.features.contains("hello/1.0.0"));
        assertTrue(bench.desk.check("hello").get(0).message().contains("it needs something else"));

        // a version that fails there is taken back without the one that would not work either
        bench.container.faults.put("1.1.0", "fails");
        Plan bad = plan(pack("1.1.0"));
        assertThrows(MeshException.class, () -> bench.desk.apply(bad, progress -> {}));
        assertFalse(Files.exists(bench.node.resolve("data/packages/journal")));
        bench.container.faults.clear();

        bench.leftOut = List.of(); // the version before
        bench.restart();
        bench.desk.recover();
        assertEquals(before, bench.container.state());
    }

    @Test
    void onePluginThatCannotBeBroughtBackDoesNotKeepTheOthersAway() throws Exception {
        bench.desk.apply(plan(pack("1.0.0")), progress -> {});
        Maker.Draft other = draft("2.0.0");
        other.name = "other";
        other.symbolicName = "org.example.other";
        bench.desk.apply(plan(bench.alice.pack(bench.outside(), other)), progress -> {});
        forgetFeatures();
        bench.container.faults.put("1.0.0", "halfway");

        bench.restart();
        bench.desk.recover();

        assertTrue(bench.container.features.contains("other/2.0.0"));
    }

    @Test
    void whatIsPutInPlaceOfAPackageAfterItWasPlannedIsNotInstalled() throws Exception {
        Path file = pack("1.0.0");
        Plan plan = plan(file);
        Files.write(file, new byte[] {1, 2, 3});
        Files.delete(file);
        Files.createSymbolicLink(file, bench.node.resolve("etc/plugin.keys"));

        bench.desk.apply(plan, progress -> {});

        assertEquals("1.0.0", installed().version());
        assertTrue(Files.exists(bench.node.resolve("etc/plugin.keys")));
    }

    private void forgetFeatures() {
        bench.container.features.removeIf(feature -> !feature.startsWith("kairos"));
        bench.container.repositories.removeIf(repository -> !repository.contains("kairos"));
    }

    private Plan plan(Path file) {
        return bench.desk.planInstall(file.toString(), Optional.empty(), Set.of());
    }

    private Installed installed() {
        return bench.desk.installed().get(0);
    }

    private String allowed() throws IOException {
        Path file = bench.node.resolve("data/packages/allowed");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path pack(String version) throws IOException {
        return bench.alice.pack(bench.outside(), draft(version));
    }

    private static Maker.Draft draft(String version) {
        Maker.Draft draft = new Maker.Draft();
        draft.version = version;
        return draft;
    }
}
