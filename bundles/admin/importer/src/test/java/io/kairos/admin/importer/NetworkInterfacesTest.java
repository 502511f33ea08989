package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Interfaces over a network, and what all interfaces have. */
class NetworkInterfacesTest extends ImporterScene {

    @Test
    void everyTypeOfInterfaceThatKairosHasBecomesASettingsFile() throws Exception {
        node.importer().apply(old);

        becomes(
                "io.kairos.transport.tcp.server-Hub-at-home.cfg",
                Map.of(
                        "interface.name", "Hub at home",
                        "listen.host", "127.0.0.1",
                        "listen.port", "45671",
                        "mode", "gateway",
                        "access.network.name", "home",
                        "access.passphrase", "with # and, comma",
                        "discoverable", "true",
                        "discoverable.reachable.on", "hub.example.org",
                        "discoverable.interval.minutes", "5",
                        "ingress.announces.per.second", "6.0"));
        becomes(
                "io.kairos.transport.tcp.client-Backbone.cfg",
                Map.of(
                        "interface.name", "Backbone",
                        "peer.host", "backbone.example.org",
                        "peer.port", "4965",
                        "bitrate.bits.per.second", "100000000",
                        "ingress.announces.per.second", "4.5"));
        becomes(
                "io.kairos.transport.udp-Field.cfg",
                Map.of(
                        "interface.name", "Field",
                        "listen.host", "0.0.0.0",
                        "listen.port", "45672",
                        "forward.host", "255.255.255.255",
                        "forward.port", "45672",
                        "bitrate.bits.per.second", "1000000",
                        "ingress.announces.per.second", "4.5"));
        assertTrue(Files.exists(etc.resolve("io.kairos.transport.auto-Default-Interface.cfg")));
        assertEquals(
                "mesh.example.org",
                settings("io.kairos.transport.tcp.client-Uplink.cfg").get("peer.host"));
    }

    @Test
    void aSecondInterfaceForTheSameNeighboursIsNotAdded() throws Exception {
        Files.writeString(etc.resolve("io.kairos.transport.auto-lan.cfg"), "interface.name = lan\n");
        Item auto = item(node.importer().preview(old), "[Default Interface]");
        assertEquals(Result.PRESENT, auto.result());
        assertEquals("etc/io.kairos.transport.auto-lan.cfg", auto.target());
    }

    @Test
    void settingsThatTheNodeWouldRefuseAreLeftOutWithTheReason() {
        node.refusedKeys.put("io.kairos.transport.udp", "listen.port");
        Item field = item(node.importer().apply(old), "[Field]");
        assertEquals(Result.LEFT_OUT, field.result());
        assertEquals("listen.port is refused. Change it.", field.note());
    }

    /** What is said of one interface, and what all have from the section of the node. */
    private void becomes(String file, Map<String, String> own) throws Exception {
        Map<String, String> expected =
                new HashMap<>(Map.of("gravity", "2", "enabled", "false", "ingress.held.limit", "99"));
        expected.putAll(own);
        assertEquals(expected, settings(file));
    }
}
