package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.Node;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

class InterfaceConfigurationsTest {

    @TempDir
    private Path folder;

    private final List<Configuration> present = new ArrayList<>();
    private final Map<String, String> settings = Map.of("interface.name", "vps-eu", "peer.host", "eu.example.net");

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aNewInterfaceBecomesAFileThatOnlyItsOwnerCanRead() throws IOException {
        Path file = configurations(Optional.of(folder))
                .add(Kinds.TCP_CLIENT, "vps-eu", settings)
                .orElseThrow();

        assertEquals(folder.resolve("io.kairos.transport.tcp.client-vps-eu.cfg"), file);
        assertTrue(Files.readString(file).contains("\npeer.host = eu.example.net\n"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "no draft is left");
        }
    }

    @Test
    void anExistingFileIsNotTouched() throws IOException {
        Path file = Files.writeString(folder.resolve("io.kairos.transport.tcp.client-vps-eu.cfg"), "mine");

        assertThrows(
                MeshException.class,
                () -> configurations(Optional.of(folder)).add(Kinds.TCP_CLIENT, "vps-eu", settings));
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void aMissingFolderIsAFailureWithARemedy() {
        MeshException failure = assertThrows(
                MeshException.class,
                () -> configurations(Optional.of(folder.resolve("none"))).add(Kinds.TCP_CLIENT, "vps-eu", settings));

        assertTrue(failure.remedy().contains("etc"), failure.remedy());
    }

    @Test
    void readsWhatIsConfiguredAndWhere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.cfg"), "interface.name = vps-eu\nenabled = true\n");
        present.add(configuration(Kinds.TCP_CLIENT_PID, "vps-eu", file));
        InterfaceConfigurations configurations = configurations(Optional.of(folder));
        Configured found = configurations.require("vps-eu");

        assertEquals(Optional.of(file), found.file());
        assertEquals(Map.of("interface.name", "vps-eu", "enabled", "true"), found.settings());
        configurations.set(found, "enabled", "false");
        assertEquals("interface.name = vps-eu\nenabled = false\n", Files.readString(file));
        configurations.remove(found);
        assertFalse(Files.exists(file));
        assertFalse(configurations.isGone(found), "the container has not noticed yet");
        present.clear();
        assertTrue(configurations.isGone(found));
    }

    @Test
    void whatIsConfiguredForATransportThatIsNotInstalledIsStillThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.cfg"), "");
        present.add(configuration("io.kairos.transport.satellite", "sat", file));
        present.add(configuration("org.example.mail", "mail", file));
        List<Configured> all = configurations(Optional.of(folder)).all();

        assertEquals(List.of("sat"), all.stream().map(Configured::name).toList());
        assertEquals("satellite", all.get(0).kind().kind());
    }

    @Test
    void anUnknownNameListsTheKnownOnes() throws IOException {
        present.add(configuration(Kinds.TCP_CLIENT_PID, "vps-eu", Files.writeString(folder.resolve("a.cfg"), "")));
        MeshException failure = assertThrows(
                MeshException.class, () -> configurations(Optional.of(folder)).require("lora"));

        assertEquals(
                "No interface 'lora' is configured.\n  → There is: vps-eu.",
                failure.failure().toText());
    }

    private InterfaceConfigurations configurations(Optional<Path> etc) {
        ConfigurationAdmin admin = Node.fake(ConfigurationAdmin.class, (method, arguments) -> {
            assertEquals("listConfigurations", method);
            return present.isEmpty() ? null : present.toArray(Configuration[]::new);
        });
        return new InterfaceConfigurations(admin, new KindCatalog(List.of(Kinds.TCP_CLIENT)), etc);
    }

    private static Configuration configuration(String factoryPid, String name, Path file) {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(
                "interface.name",
                name,
                "enabled",
                true,
                "service.pid",
                "ignored",
                "felix.fileinstall.filename",
                file.toUri().toString()));
        return Node.fake(Configuration.class, (method, arguments) -> switch (method) {
            case "getProperties" -> properties;
            case "getPid" -> factoryPid + "~" + name;
            case "getFactoryPid" -> factoryPid;
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
