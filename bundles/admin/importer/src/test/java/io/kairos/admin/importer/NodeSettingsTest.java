package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings of the node itself, and the files they stand in. */
class NodeSettingsTest extends ImporterScene {

    @Test
    void settingsOfTheNodeGoWhereTheyBelong() throws Exception {
        node.importer().apply(old);

        assertEquals(Map.of("forward", "false"), settings("io.kairos.core.router.cfg"));
        assertEquals(
                Map.of(
                        "probe.respond", "true",
                        "remote.enabled", "true",
                        "remote.allowed", "9fb6d773498fb3feda407ed8ef2c3229,2d882c5586e548d79b5af27bca1776dc",
                        "blackhole.publish", "true",
                        "blackhole.sources", "521c87a83afb8f29e4455e77930b973b",
                        "blackhole.interval.minutes", "30"),
                settings("io.kairos.core.management.cfg"));
        assertEquals(
                Map.of("enabled", "true", "autoconnect.maximum", "3", "autoconnect.mode", "gateway"),
                settings("io.kairos.core.discovery.cfg"));
    }

    @Test
    void whatAnOperatorWroteInASettingsFileStays() throws Exception {
        Path router = etc.resolve("io.kairos.core.router.cfg");
        Files.writeString(router, "# mine\nforward = true\nlimit.paths = 9\n");

        node.importer().apply(old);

        assertEquals("# mine\nforward = false\nlimit.paths = 9\n", Files.readString(router));
    }

    @Test
    void settingsFilesBelongToTheirOwnerAlone() throws Exception {
        node.importer().apply(old);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(etc.resolve("io.kairos.transport.tcp.client-Uplink.cfg"))));
    }
}
