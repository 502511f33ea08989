package io.kairos.admin.shell.iface;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.admin.shell.iface.Kinds.Attribute;
import io.kairos.api.failure.MeshException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.service.metatype.AttributeDefinition;

class KindCatalogTest {

    private final KindCatalog catalog = KindCatalog.read(
            Kinds.descriptions(Map.of(
                    Kinds.TCP_CLIENT_PID,
                    List.of(
                            new Attribute("interface.name", AttributeDefinition.STRING, null, true),
                            new Attribute("peer.port", AttributeDefinition.INTEGER, "4242", true),
                            new Attribute("enabled", AttributeDefinition.BOOLEAN, "false", false),
                            new Attribute("webconsole.nameHint", AttributeDefinition.STRING, "x", true)),
                    "org.example.pigeon",
                    List.of(new Attribute("interface.name", AttributeDefinition.STRING, null, true)),
                    "org.example.mail",
                    List.of(new Attribute("host", AttributeDefinition.STRING, null, true)))),
            Kinds.oneBundle());

    @Test
    void findsTransportsAndWhateverNamesAnInterface() {
        assertEquals(
                List.of("org.example.pigeon", "tcp-client"),
                catalog.kinds().stream().map(InterfaceKind::kind).toList());
    }

    @Test
    void readsSettingsAsTheBundleDescribesThem() {
        InterfaceKind kind = catalog.require("tcp-client");

        assertEquals(
                new Setting(
                        "peer.port",
                        "peer.port",
                        "About peer.port",
                        "whole number",
                        Optional.of("4242"),
                        true,
                        List.of(),
                        false),
                kind.setting("peer.port").orElseThrow());
        assertTrue(kind.setting("interface.name").orElseThrow().mustBeGiven());
        assertFalse(kind.setting("peer.port").orElseThrow().mustBeGiven());
        assertTrue(kind.setting("webconsole.nameHint").isEmpty());
    }

    @Test
    void whatTheKindDescribesItselfWinsOverTheSharedSettings() {
        InterfaceKind kind = catalog.require(Kinds.TCP_CLIENT_PID);

        assertEquals(Optional.of("false"), kind.setting("enabled").orElseThrow().otherwise());
        assertEquals(
                1,
                kind.settings().stream()
                        .filter(setting -> setting.key().equals("enabled"))
                        .count());
    }

    @Test
    void anUnknownKindListsTheKnownOnes() {
        MeshException failure = assertThrows(MeshException.class, () -> catalog.require("tcp"));

        assertEquals("There is no kind of interface 'tcp'.", failure.getMessage());
        assertTrue(failure.remedy().startsWith("There is: org.example.pigeon, tcp-client."), failure.remedy());
    }

    @Test
    void kindsAreNamedByWhatFollowsTheWordTransport() {
        assertEquals("loopback", InterfaceKind.kindOf("io.kairos.transport.loopback"));
        assertEquals("tcp-server", InterfaceKind.kindOf("io.kairos.transport.tcp.server"));
        assertEquals("lora", InterfaceKind.kindOf("org.example.transport.lora"));
        assertEquals("org.example.pigeon", InterfaceKind.kindOf("org.example.pigeon"));
    }
}
