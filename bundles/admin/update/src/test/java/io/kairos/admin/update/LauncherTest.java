package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version {@code bin/kairos} starts; Java is a script that notes what was started and does what the version says. */
class LauncherTest {

    private static final Path BIN = Path.of("../../../karaf-distribution/bin");
    private static final String CONFIRM =
            "if [ -f $node/trial ]; then printf '%s\\ninstalled\\n' \"$(cat $node/trial)\" >$node/current.new;"
                    + " mv $node/current.new $node/current; rm $node/trial; fi\n";

    @TempDir
    Path folder;

    private Path home;
    private Path node;
    private Path installed;
    private String said;

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        node = home.resolve("data/node");
        installed = distribution(folder.resolve("installed"), "0.1.0", "exit 0");
        Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for word in "$@"; do
                    case "${word}" in
                        -Dkaraf.home=*) dist=${word#*=} ;;
                        -Dkaraf.base=*) base=${word#*=} ;;
                        -Dkairos.installed=*) label=${word#*=} ;;
                    esac
                done
                node=${base}/data/node
                echo "${dist##*/} ${label%% *}" >>"${base}/started"
                . "${dist}/behaviour"
                """);
        executable(java);
        Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void withoutVersionsTheInstalledOneIsStarted() throws Exception {
        assertEquals(0, run());

        assertEquals(List.of("installed 0.1.0"), started());
        assertFalse(Files.exists(node));
    }

    @Test
    void aVersionThatConfirmsItselfStays() throws Exception {
        version("0.2.0", CONFIRM + "exit 0");
        write("next", "0.2.0");

        assertEquals(0, run(), said);
        assertEquals("0.2.0", first("current"));
        run();

        assertEquals(List.of("0.2.0 0.1.0", "0.2.0 0.1.0"), started());
        assertFalse(Files.exists(node.resolve("trial")));
    }

    @Test
    void aVersionThatCrashesIsLeftAtOnce() throws Exception {
        version("0.2.0", "exit 1");
        write("next", "0.2.0");

        assertEquals(0, run());

        assertEquals(List.of("0.2.0 0.1.0", "installed 0.1.0"), started());
        assertEquals("0.2.0", first("failed"));
        assertTrue(said.contains("going back to installed"), said);
        run();
        assertEquals(3, started().size());
        assertEquals("installed 0.1.0", started().get(2));
    }

    @Test
    void aVersionWithoutAWorkingLauncherIsLeftAtOnce() throws Exception {
        Path version = version("0.2.0", "exit 0");
        Files.writeString(version.resolve("bin/kairos"), "#!/no/such/shell\n");
        write("next", "0.2.0");

        run();

        assertEquals(List.of("installed 0.1.0"), started());
        assertEquals("0.2.0", first("failed"));
    }

    @Test
    void whatIsNotThereIsNotTried() throws Exception {
        Files.createDirectories(node);
        write("next", "../../evil");

        run();

        assertEquals(List.of("installed 0.1.0"), started());
        assertFalse(Files.exists(node.resolve("next")));
    }

    @Test
    void afterASuddenDeathInTheTrialTheNextStartGoesBack() throws Exception {
        version("0.2.0", ": >${base}/there; sleep 60");
        write("next", "0.2.0");
        Process process = start("run");
        WaitFor.condition("it runs", () -> Files.exists(home.resolve("there")));
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        WaitFor.condition("it is dead", () -> all.stream().noneMatch(ProcessHandle::isAlive));

        assertEquals("0.2.0", first("trial"));
        run();

        assertEquals(List.of("0.2.0 0.1.0", "installed 0.1.0"), started());
        assertEquals("0.2.0", first("failed"));
    }

    @Test
    void eachStepOfATrialSurvivesASuddenDeath() throws Exception {
        version("0.2.0", CONFIRM + "exit 0");
        write("trial", "0.2.0"); // died right after next became trial, or right before the confirmation
        run();
        assertEquals("installed 0.1.0", started().get(0));

        write("trial", "0.2.0"); // died between confirming and removing the trial
        write("current", "0.2.0\ninstalled");
        run();
        assertEquals("0.2.0 0.1.0", started().get(1));
        assertEquals("0.2.0", first("current"));
    }

    @Test
    void aVersionThatNeitherConfirmsNorEndsIsEnded() throws Exception {
        version("0.2.0", "trap 'exit 143' TERM; while :; do sleep 0.1; done");
        write("next", "0.2.0");

        assertEquals(0, run());

        assertEquals(List.of("0.2.0 0.1.0", "installed 0.1.0"), started());
        assertTrue(said.contains("not confirmed within 2 s"), said);
    }

    @Test
    void aNodeThatWantsToBeStartedAgainIsAndGetsItsNextVersion() throws Exception {
        Files.writeString(
                installed.resolve("behaviour"),
                "[ $(wc -l <${base}/started) = 1 ] || exit 0; mkdir -p ${node}; echo 0.2.0 >${node}/next; : >${node}/restart");
        version("0.2.0", CONFIRM + "echo installed >${node}/next; : >${node}/restart");

        assertEquals(0, run(), said);

        // the installed one is tried again, confirms nothing and is shut down by its operator
        assertEquals(List.of("installed 0.1.0", "0.2.0 0.1.0", "installed 0.1.0"), started());
        assertEquals("installed", first("trial"));
        assertFalse(Files.exists(node.resolve("restart")));
    }

    @Test
    void stoppingANodeOnTrialStopsIt() throws Exception {
        version("0.2.0", "trap 'exit 143' TERM; : >${base}/there; while :; do sleep 0.1; done");
        write("next", "0.2.0");
        Process process = start("run");
        WaitFor.condition("it runs", () -> Files.exists(home.resolve("there")));

        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));

        assertEquals(List.of("0.2.0 0.1.0"), started());
    }

    @Test
    void anotherDistributionInstalledByHandCountsAgain() throws Exception {
        version("0.2.0", "exit 0");
        write("current", "0.2.0\ninstalled");
        write("installed", "0.0.9 " + installed.toRealPath());

        run();

        assertEquals(List.of("installed 0.1.0"), started());
        assertFalse(Files.exists(node.resolve("current")));
    }

    @Test
    void inItsOwnFolderSettingsOfTheBuildComeBackAndThoseOfTheOperatorStay() throws Exception {
        home = installed;
        node = home.resolve("data/node");
        Path version = version("0.2.0", CONFIRM + "exit 0");
        Files.writeString(version.resolve("etc/config.properties"), "build = 2\n");
        Files.writeString(version.resolve("etc/operator.cfg"), "mine = new default\n");
        Files.writeString(installed.resolve("etc/operator.cfg"), "mine = edited\n");
        write("next", "0.2.0");

        run();
        assertEquals("build = 2\n", Files.readString(home.resolve("etc/config.properties")));
        assertEquals("mine = edited\n", Files.readString(home.resolve("etc/operator.cfg")));

        Files.delete(node.resolve("current"));
        run();
        assertEquals("build = 0.1.0\n", Files.readString(home.resolve("etc/config.properties")));
        assertEquals("mine = edited\n", Files.readString(home.resolve("etc/operator.cfg")));
    }

    private Path version(String version, String behaviour) throws IOException {
        return distribution(node.resolve("versions").resolve(version), version, behaviour);
    }

    private static Path distribution(Path dist, String version, String behaviour) throws IOException {
        Files.createDirectories(dist.resolve("lib/boot"));
        Files.createDirectories(
                dist.resolve("system/io/kairos/io.kairos.core.router").resolve(version));
        Path bin = Files.createDirectories(dist.resolve("bin"));
        for (String name : List.of("kairos", "setenv")) {
            Files.copy(BIN.resolve(name), bin.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            executable(bin.resolve(name));
        }
        Files.writeString(bin.resolve("distribution"), "KAIROS_CONSOLE=always\n");
        Path etc = Files.createDirectories(dist.resolve("etc"));
        for (String name : List.of("config", "jre", "startup", "system")) {
            Files.writeString(etc.resolve(name + ".properties"), "build = " + version + "\n");
        }
        Files.writeString(etc.resolve("org.apache.karaf.features.cfg"), "build = " + version + "\n");
        Files.writeString(dist.resolve("behaviour"), behaviour);
        return dist;
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(node);
        Files.writeString(node.resolve(name), text + "\n");
    }

    private String first(String name) throws IOException {
        return Files.readAllLines(node.resolve(name)).get(0);
    }

    private List<String> started() throws IOException {
        return new ArrayList<>(Files.readAllLines(home.resolve("started")));
    }

    private Process start(String command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(installed.resolve("bin/kairos").toString(), command);
        builder.environment().put("KAIROS_HOME", home.toString());
        builder.environment().put("KAIROS_TRIAL_SECONDS", "2");
        builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
        builder.environment().remove("KAIROS_LAUNCHER");
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("said").toFile());
        return builder.start();
    }

    private int run() throws IOException, InterruptedException {
        Process process = start("run");
        boolean hasEnded = process.waitFor(30, TimeUnit.SECONDS);
        said = Files.readString(folder.resolve("said"));
        assertTrue(hasEnded, said);
        return process.exitValue();
    }
}
