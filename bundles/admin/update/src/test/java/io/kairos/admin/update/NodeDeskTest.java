package io.kairos.admin.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.NodeVersions;
import io.kairos.api.admin.NodeVersions.Mark;
import io.kairos.api.admin.NodeVersions.NodeVersion;
import io.kairos.api.admin.Plugins.Consent;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageKind;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PackageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDeskTest {

    private static final Impression WELL = new Impression(
            Set.of("main node 0011"),
            Set.of("lan"),
            Set.of("lan", "hub"),
            Map.of("time", 1),
            List.of("no time"),
            List.of());

    @TempDir
    Path folder;

    private final Maker alice = new Maker();
    private final Maker bob = new Maker();
    private Instant now = Instant.parse("2026-06-01T00:00:00Z");
    private Impression impression = WELL;
    private String running = NodeVersions.INSTALLED;
    private String haltAt = "";
    private List<String> leftOut = List.of();
    private Set<String> missingBundles = Set.of();
    private Path home;

    @BeforeEach
    void trust() throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        KeyFile keys = new KeyFile(home.resolve("plugin.keys"));
        keys.add("alice", alice.key().text());
        keys.add("bob", bob.key().text());
    }

    @Test
    void aVersionIsUnpackedAsItWasAndTriedAtTheNextStart() throws IOException {
        assertEquals("0.2.0", update(pack("0.2.0", alice)));

        Path version = home.resolve("node/versions/0.2.0");
        assertTrue(Files.isExecutable(version.resolve("bin/kairos")));
        assertFalse(Files.isExecutable(version.resolve("etc/config.properties")));
        assertEquals("star", Files.readString(version.resolve("etc/acl.*.cfg")));
        assertEquals("0.2.0", line("next"));
        assertEquals("0.1.0 /opt/kairos", line("installed"));
        assertEquals(Set.of(Mark.NEXT), marks("0.2.0"));
        assertEquals(Set.of(Mark.RUNNING), marks(NodeVersions.INSTALLED));
        assertFalse(Files.exists(home.resolve("node/staging")));
    }

    @Test
    void whatIsConfirmedStaysAndLeadsBack() throws IOException {
        update(pack("0.2.0", alice));
        tryNext();
        assertEquals(Set.of(Mark.ON_TRIAL), marks("0.2.0"));
        assertEquals(List.of(), desk().problems());
        desk().confirm();

        assertEquals(Set.of(Mark.RUNNING), marks("0.2.0"));
        assertEquals(Set.of(Mark.PREVIOUS), marks(NodeVersions.INSTALLED));
        assertEquals(NodeVersions.INSTALLED, desk().rollback());
        tryNext();
        desk().confirm();
        assertEquals(Set.of(Mark.PREVIOUS), marks("0.2.0"));

        assertRefused(pack("0.1.9", alice), "at version 0.2.0 already");
        assertEquals("0.2.0", desk().rollback());
    }

    @Test
    void onlyTheVersionBeforeIsKept() throws IOException {
        for (String version : List.of("0.2.0", "0.3.0", "0.4.0")) {
            update(pack(version, alice));
            tryNext();
            desk().confirm();
        }

        assertEquals(
                List.of("0.4.0", "0.3.0", NodeVersions.INSTALLED),
                desk().versions().stream().map(NodeVersion::name).toList());
    }

    @Test
    void anUpdateIsTakenBackBeforeItsStart() throws IOException {
        update(pack("0.2.0", alice));

        assertEquals(NodeVersions.INSTALLED, desk().rollback());

        assertFalse(Files.exists(home.resolve("node/next")));
        assertFalse(Files.exists(home.resolve("node/versions/0.2.0")));
    }

    @Test
    void aTrialThatWasLeftIsToldWithItsReason() throws IOException {
        update(pack("0.2.0", alice));
        tryNext();
        desk().leave(List.of("interface lan is not there"));
        Files.move(home.resolve("node/trial"), home.resolve("node/failed")); // the launcher
        running = NodeVersions.INSTALLED;
        desk().tidy();

        assertEquals("interface lan is not there", desk().failed().orElseThrow().remark());
        assertEquals(Set.of(Mark.FAILED), marks("0.2.0"));
        assertFalse(Files.exists(home.resolve("node/versions/0.2.0")));
        assertEquals("0.2.0", update(pack("0.2.0", alice)));
        assertEquals(Optional.empty(), desk().failed());
    }

    @Test
    void whatIsWorseThanBeforeSpeaksAgainstAVersion() throws IOException {
        update(pack("0.2.0", alice));
        tryNext();

        impression = new Impression(
                Set.of("main node 2233"),
                Set.of(),
                Set.of("hub"),
                Map.of("time", 2),
                List.of("no store"),
                List.of("x"));

        assertEquals(
                List.of(
                        "x",
                        "identity main node 0011 is not there",
                        "interface lan is not there",
                        "the node says: no store"),
                desk().problems());
        impression = new Impression(
                Set.of("main node 0011", "main new 44"),
                Set.of(),
                Set.of("lan"),
                Map.of("time", 1),
                List.of(),
                List.of());
        assertEquals(List.of(), desk().problems());
    }

    @Test
    void whatIsNotToBeBelievedChangesNothing() throws IOException {
        Path good = pack("0.2.0", alice);
        byte[] bytes = Files.readAllBytes(good);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("star");
        bytes[at] ^= 1;
        Path changed = Files.write(folder.resolve("changed.kar"), bytes);

        assertRefused(changed, "");
        assertRefused(pack("0.2.0", new Maker()), "No key that this node trusts");
        assertRefused(pack("0.2.0", null), "not signed");
        assertRefused(pack("0.0.9", alice), "at version 0.1.0 already; 0.0.9 is older");
        assertRefused(pack("0.1.0", alice), "at version 0.1.0 already");
        assertRefused(pack("0.2.0", alice, Map.of("data/evil", "x")), "no part of a node");
        assertRefused(alice.pack(folder, new Maker.Draft()), "package of the plugin hello");
        now = Instant.parse("2025-01-01T00:00:00Z");
        assertRefused(good, "valid from");
    }

    @Test
    void versionsComeFromWhoBroughtTheFirstOne() throws IOException {
        update(pack("0.2.0", alice));
        tryNext();
        desk().confirm();

        assertRefused(pack("0.3.0", bob), "come from another key");
        assertEquals("0.3.0", desk().update(pack("0.3.0", bob).toString(), Set.of(Consent.NEW_SIGNER), step -> {}));
        assertRefused(pack("0.4.0", alice), "come from another key");
    }

    @Test
    void aSuddenDeathAtAnyStepLeavesTheOldOrTheNewState() throws IOException {
        Path file = pack("0.2.0", alice);
        for (String step :
                List.of("node-fetched", "node-unpacked", "node-brought", "node-book", "node-before", "node-next")) {
            haltAt = step;
            assertThrows(IllegalStateException.class, () -> update(file), step);
            haltAt = "";
            assertEquals(step.equals("node-next"), Files.exists(home.resolve("node/next")), step);
            desk().tidy();
            if (!step.equals("node-next")) {
                assertEquals("0.2.0", update(file), step);
                desk().rollback();
            }
        }
        tryNext();
        for (String step : List.of("node-tested", "node-confirmed", "node-settled")) {
            haltAt = step;
            if (desk().isOnTrial()) {
                assertThrows(IllegalStateException.class, () -> desk().confirm(), step);
            }
            haltAt = "";
            assertEquals(step.equals("node-tested"), desk().isOnTrial(), step);
        }
        assertEquals(List.of("0.2.0", "installed"), Files.readAllLines(home.resolve("node/current")));
    }

    @Test
    void whatPluginsCannotWorkInIsOnlyBroughtWhereThatIsAgreedTo() throws IOException {
        leftOut = List.of("hello");
        assertRefused(pack("0.2.0", alice), "hello 1.0.0: it needs the package a [1,2), and there will be 2.0.0");
        assertFalse(Files.exists(home.resolve("node/versions/0.2.0")));

        List<String> told = new ArrayList<>();
        desk().update(pack("0.2.0", alice).toString(), Set.of(Consent.WITHOUT_PLUGINS), told::add);

        assertTrue(told.toString().contains("goes on without hello 1.0.0"), told.toString());
        assertEquals(Set.of("org.example.hello"), missingBundles, "its interfaces are not missed on trial");
        assertEquals(List.of(), desk().leftOut());
        tryNext();
        assertEquals("hello", desk().leftOut().get(0).name());
        desk().confirm();

        assertEquals(NodeVersions.INSTALLED, desk().rollback());
        assertEquals(Set.of(), missingBundles);
        tryNext();
        assertEquals(List.of(), desk().leftOut());
        desk().confirm();

        desk().rollback();
        assertEquals(Set.of("org.example.hello"), missingBundles, "and forward again it is left out as before");
    }

    @Test
    void withoutALauncherThatChoosesThereIsNoUpdate() throws IOException {
        Path file = pack("0.2.0", alice);
        NodeStart byHand = NodeStart.of(
                name -> "", home.resolve("node/versions"), Path.of("/opt/kairos"), PackageVersion.of("0.1.0"));
        NodeDesk desk = desk(byHand);

        assertThrows(MeshException.class, () -> desk.update(file.toString(), Set.of(), step -> {}));
        assertThrows(MeshException.class, desk::rollback);
    }

    private NodeDesk desk() {
        Path versions = home.resolve("node/versions");
        Path dist = running.equals(NodeVersions.INSTALLED) ? Path.of("/opt/kairos") : versions.resolve(running);
        Map<String, String> properties =
                Map.of("kairos.launcher", "/opt/kairos/bin/kairos", "kairos.installed", "0.1.0 /opt/kairos");
        return desk(
                NodeStart.of(name -> properties.getOrDefault(name, ""), versions, dist, PackageVersion.of("9.9.9")));
    }

    private NodeDesk desk(NodeStart start) {
        return new NodeDesk(
                new VersionFolder(home.resolve("node")),
                new Verifier(new KeyFile(home.resolve("plugin.keys")), Bench::isValid, () -> now, start.version()),
                new Sources(() -> null),
                start,
                missing -> {
                    missingBundles = missing;
                    return impression;
                },
                (version, folder) -> leftOut.stream()
                        .map(plugin -> new LeftOut(
                                version.toString(),
                                plugin,
                                PackageVersion.of("1.0.0"),
                                Set.of("org.example." + plugin),
                                "it needs the package a [1,2), and there will be 2.0.0"))
                        .toList(),
                step -> {
                    if (step.equals(haltAt)) {
                        throw new IllegalStateException("the process ends");
                    }
                });
    }

    private String update(Path file) throws IOException {
        return desk().update(file.toString(), Set.of(), step -> {});
    }

    /** What the launcher does at a start. */
    private void tryNext() throws IOException {
        running = line("next");
        Files.move(home.resolve("node/next"), home.resolve("node/trial"));
    }

    private String line(String name) throws IOException {
        return Files.readAllLines(home.resolve("node").resolve(name)).get(0);
    }

    private Set<Mark> marks(String name) throws IOException {
        return desk().versions().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow()
                .marks();
    }

    private void assertRefused(Path file, String why) throws IOException {
        String before = state();
        MeshException refused = assertThrows(MeshException.class, () -> update(file), why);
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(before, state());
    }

    private String state() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files.toString();
    }

    private Path pack(String version, Maker maker) throws IOException {
        return pack(version, maker, Map.of());
    }

    private Path pack(String version, Maker maker, Map<String, String> more) throws IOException {
        Map<String, String> texts = new TreeMap<>(more);
        texts.put("bin/kairos", "#!/bin/sh\n");
        texts.put("bin/setenv", "");
        texts.put("etc/config.properties", version);
        texts.put("etc/acl.=2a.cfg", "star");
        texts.put("system/org/example/a.jar", "a");
        Map<String, PackageContent> contents = new TreeMap<>();
        texts.forEach((path, text) -> contents.put(path, PackageContent.of(text.getBytes(StandardCharsets.UTF_8))));
        PackageManifest manifest = new PackageManifest(
                "kairos",
                PackageVersion.of(version),
                PackageKind.NODE,
                "Kairos",
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        Path file = Files.createTempFile(folder, "kairos-" + version + "-", ".kar");
        try (OutputStream out = Files.newOutputStream(file)) {
            PackageWriter.write(out, manifest, contents, maker == null ? new ArrayList<>() : List.of(maker));
        }
        return file;
    }
}
