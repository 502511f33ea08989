package io.kairos.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.Configurations.Refused;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationPlugin;

/** From the file in etc, through the FileInstall that the node ships, to the component. */
@Timeout(60)
class SettingsFilesTest {

    @TempDir
    Path folder;

    private FelixRig rig;
    private long stamp = 1_700_000_000_000L;

    @BeforeEach
    void start() throws Exception {
        rig = new FelixRig(folder).startFileInstall().startGuard().startSample();
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
    }

    @Test
    void aBadEditInAFileIsRefusedAndTheFileStaysAsItsOperatorWroteIt() throws Exception {
        edit("interface.name = roof\nlisten.port = 1000\n");
        rig.awaitEvent("up roof:1000");

        edit("interface.name = roof\n# a comment\nlisten.port = 99999\n");
        rig.awaitEvent("undisturbed");

        Refused refused = rig.service(Configurations.class).refused().get(0);
        assertEquals(file().toString(), refused.file());
        assertEquals("interface.name = roof\n# a comment\nlisten.port = 99999\n", Files.readString(file()));

        edit("interface.name = roof\nlisten.port = 1001\n");
        rig.awaitEvent("changed roof:1001");
        assertEquals(List.of(), rig.service(Configurations.class).refused());
    }

    @Test
    void aFileThatIsRemovedWhileRefusedIsForgotten() throws Exception {
        edit("interface.name = roof\nlisten.prot = 1000\n");
        rig.awaitEvent(
                "up roof:null refused(listen.prot = " + Secrets.DOTS + " there is no such setting) enabled=false");

        Files.delete(file());

        WaitFor.condition(
                "forgotten", () -> rig.service(Configurations.class).refused().isEmpty());
    }

    /** The component runtime may hold the properties of a configuration that was deleted a moment ago. */
    @Test
    void settingsThatAreHandedOverAfterTheirFileWasRemovedLeaveNothingBehind() throws Exception {
        Hashtable<String, Object> late = new Hashtable<>(Map.of(
                "service.pid",
                FelixRig.SAMPLE + "~roof",
                "service.factoryPid",
                FelixRig.SAMPLE,
                "felix.fileinstall.filename",
                file().toUri().toString(),
                "interface.name",
                "roof",
                "listen.port",
                "none"));

        rig.services(ConfigurationPlugin.class).get(0).modifyConfiguration(null, late);

        assertEquals(List.of(), rig.service(Configurations.class).refused());
    }

    @Test
    void aMisspeltFileNameIsFoundByTheExamination() throws Exception {
        Files.writeString(rig.etc().resolve("io.kairos.transport.sampel-roof.cfg"), "interface.name = roof\n");
        HealthCheck check = rig.services(HealthCheck.class).stream()
                .filter(one -> one.subject().equals("configuration"))
                .findFirst()
                .orElseThrow();

        List<Finding> findings = WaitFor.value(
                "finding",
                () -> java.util.Optional.of(check.examine())
                        .filter(all -> all.get(0).severity() == Finding.Severity.WARNING));

        assertTrue(findings.get(0).message().contains("io.kairos.transport.sampel"), findings.toString());
    }

    private Path file() {
        return rig.etc().resolve("io.kairos.transport.sample-roof.cfg");
    }

    /** Replaces the file in one step, as editors do, with a time that differs from the last. */
    private void edit(String text) throws IOException {
        Path draft = folder.resolve("draft");
        Files.writeString(draft, text);
        stamp += 10_000;
        Files.setLastModifiedTime(draft, FileTime.fromMillis(stamp));
        Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
