package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.Plugins.Plan;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a feature lays into {@code etc}. */
class LaidFilesTest {

    @TempDir
    Path folder;

    /** The process ends; nothing is undone. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    private Bench bench;
    private Path laid;
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void install() throws IOException {
        bench = new Bench(Files.createDirectories(folder.resolve("node")));
        laid = bench.node.resolve("etc/hello/link.py");
        bench.container.besides = change -> change.addFeatures().forEach(this::lay);
    }

    /** As the container does: a file that is there already stays as it is. */
    private void lay(String feature) {
        try {
            Files.createDirectories(laid.getParent());
            if (!Files.exists(laid)) {
                Files.writeString(laid, "print('" + feature.substring(feature.indexOf('/') + 1) + "')");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path pack(String version) throws IOException {
        return pack(version, true);
    }

    private Path pack(String version, boolean withFile) throws IOException {
        Maker.Draft draft = new Maker.Draft();
        draft.version = version;
        if (withFile) {
            draft.features = xml -> xml.replace(
                    "</feature>",
                    "<configfile finalname=\"/etc/hello/link.py\">mvn:org.example/hello/%s/py</configfile></feature>"
                            .formatted(version));
            draft.more.put(
                    "repository/org/example/hello/%1$s/hello-%1$s.py".formatted(version),
                    "print('%s')".formatted(version).getBytes(StandardCharsets.UTF_8));
        }
        return bench.alice.pack(bench.outside(), draft);
    }

    private void apply(Plan plan) {
        bench.desk.apply(plan, told::add);
    }

    private Plan plan(Path file) {
        return bench.desk.planInstall(file.toString(), Optional.empty(), Set.of());
    }

    @Test
    void aFileGoesWithThePluginThatHasLaidIt() throws IOException {
        Plan plan = plan(pack("1.0.0"));
        assertTrue(
                plan.changes().contains("+ file etc/hello/link.py"),
                plan.changes().toString());
        apply(plan);
        apply(plan(pack("1.1.0"))); // which leaves the file of the first version
        assertEquals("print('1.0.0')", Files.readString(laid));

        Plan last = bench.desk.planUninstall("hello");
        assertTrue(
                last.changes().contains("- file etc/hello/link.py"),
                last.changes().toString());
        apply(last);

        assertFalse(Files.exists(laid));
        assertFalse(Files.exists(laid.getParent()));
        assertEquals("", Files.readString(bench.node.resolve("data/packages/laid")));
    }

    @Test
    void aFileThatItsOperatorHasChangedStaysAndIsTold() throws IOException {
        apply(plan(pack("1.0.0")));
        Files.writeString(laid, "print('mine')");

        Plan plan = bench.desk.planUninstall("hello");
        assertTrue(plan.changes().toString().contains("was changed here and stays"));
        apply(plan);

        assertEquals("print('mine')", Files.readString(laid));
        assertTrue(told.stream().anyMatch(line -> line.startsWith("etc/hello/link.py was changed")), told.toString());
    }

    @Test
    void anInstallThatFailsTakesItsFilesBack() throws IOException {
        bench.container.faults.put("1.0.0", "fails");
        Plan plan = plan(pack("1.0.0"));

        assertThrows(MeshException.class, () -> apply(plan));

        assertFalse(Files.exists(laid.getParent()));
    }

    @Test
    void anInstallThatFailsLeavesTheFileThatWasThereBefore() throws IOException {
        Files.createDirectories(laid.getParent());
        Files.writeString(laid, "print('1.0.0')"); // even though a package would lay the same
        bench.container.faults.put("1.0.0", "halfway");
        Plan plan = plan(pack("1.0.0"));

        assertThrows(MeshException.class, () -> apply(plan));

        assertTrue(Files.exists(laid));
    }

    @Test
    void aFileOfTheLastVersionGoesWithTheUpdateThatDoesNotHaveIt() throws IOException {
        apply(plan(pack("1.0.0")));
        bench.container.besides = change -> {};

        apply(plan(pack("1.1.0", false)));

        assertFalse(Files.exists(laid));
    }

    @Test
    void aSuddenEndInTheMiddleOfAnInstallLeavesNoFileBehind() throws Exception {
        bench.steps = step -> {
            if (step.equals("applied")) {
                throw new Death();
            }
        };
        Plan plan = plan(pack("1.0.0"));
        assertThrows(Death.class, () -> apply(plan));
        assertTrue(Files.exists(laid));

        bench.steps = step -> {};
        bench.restart();
        bench.container.besides = change -> {};
        bench.desk.recover();

        assertFalse(Files.exists(laid));
    }

    @Test
    void aLinkInPlaceOfTheFileIsNotFollowed() throws IOException {
        apply(plan(pack("1.0.0")));
        Path own = Files.writeString(bench.node.resolve("etc/own"), "print('1.0.0')");
        Files.delete(laid);
        Files.createSymbolicLink(laid, own);

        apply(bench.desk.planUninstall("hello"));

        assertTrue(Files.isSymbolicLink(laid));
        assertTrue(Files.exists(own));
    }

    @Test
    void aFileOfAFeatureLiesInItsOwnFolder() throws IOException {
        FeatureFile read = FeatureFile.read(repository("/etc/morse/link.py"));

        assertEquals("morse/link.py", read.files().get(0).place());
        assertEquals(
                "mvn:org.example/morse/1.0.0/py", read.files().get(0).from().url());
    }

    @Test
    void noFileLiesAnywhereElse() throws IOException {
        for (String place : new String[] {
            "/etc/link.py",
            "/etc/plugin.keys",
            "/etc/other/link.py",
            "/etc/morse/../plugin.keys",
            "/etc/morse/.hidden",
            "/etc/morse/a/b",
            "etc/morse/link.py",
            "${karaf.etc}/morse/link.py",
            ""
        }) {
            Path file = repository(place);
            assertThrows(MalformedException.class, () -> FeatureFile.read(file), place);
        }
    }

    private Path repository(String place) throws IOException {
        return Files.writeString(folder.resolve("features.xml"), """
                <features name="morse" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="morse" version="1.0.0" install="auto">
                    <configfile finalname="%s" override="true">mvn:org.example/morse/1.0.0/py</configfile>
                  </feature>
                </features>
                """.formatted(place));
    }
}
