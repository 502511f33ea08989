package io.kairos.admin.importer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.admin.ReticulumImport.Item;
import io.kairos.api.admin.ReticulumImport.Result;
import io.kairos.api.failure.MeshException;
import io.kairos.api.identity.KnownDestination;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.MessagePack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a folder that the reference implementation (RNS 1.4.2) has written. */
class ImporterTest {

    @TempDir
    Path temp;

    private Path old;
    private Path etc;
    private FakeNode node;
    private final Properties facts = new Properties();

    @BeforeEach
    void setUp() throws Exception {
        old = temp.resolve("reticulum");
        etc = Files.createDirectory(temp.resolve("etc"));
        copy(resources().resolve("reticulum"), old);
        try (InputStream in = Files.newInputStream(resources().resolve("facts.properties"))) {
            facts.load(in);
        }
        node = new FakeNode(etc);
    }

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
    void whatWasToldOfARadioChannelGoesOn() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Radio]]
                    type = KISSInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    discovery_frequency = 144950000
                    discovery_bandwidth = 12500
                    discovery_modulation = AFSK 1200
                """);
        node.importer().apply(old);

        assertEquals(
                Map.of(
                        "interface.name", "Radio",
                        "port", "/dev/ttyUSB0",
                        "air.frequency.hz", "144950000",
                        "air.bandwidth.hz", "12500",
                        "air.modulation", "AFSK 1200"),
                settings("io.kairos.transport.kiss-Radio.cfg"));
    }

    @Test
    void linesAndModemsOnSerialPortsBecomeSettingsFiles() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Cable]]
                    type = SerialInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    speed = 115200
                    databits = 8
                    parity = none
                    stopbits = 1
                  [[Packet radio]]
                    type = KISSInterface
                    enabled = yes
                    port = /dev/serial/by-id/usb-Maker_TNC-if00
                    preamble = 150
                    txtail = 10
                    persistence = 200
                    slottime = 20
                    flow_control = false
                    id_callsign = MYCALL-0
                    id_interval = 600
                  [[Packet radio with header]]
                    type = AX25KISSInterface
                    enabled = yes
                    port = /dev/ttyACM1
                    parity = E
                    callsign = NO1CLL
                    ssid = 0
                    flow_control = yes
                """);
        node.importer().apply(old);

        assertEquals(
                Map.of(
                        "interface.name", "Cable",
                        "port", "/dev/ttyUSB0",
                        "speed", "115200",
                        "data.bits", "8",
                        "parity", "none",
                        "stop.bits", "1"),
                settings("io.kairos.transport.serial-Cable.cfg"));
        assertEquals(
                Map.of(
                        "interface.name", "Packet radio",
                        "port", "/dev/serial/by-id/usb-Maker_TNC-if00",
                        "preamble.milliseconds", "150",
                        "tail.milliseconds", "10",
                        "persistence", "200",
                        "slot.time.milliseconds", "20",
                        "ready.flow.control", "false",
                        "id.callsign", "MYCALL-0",
                        "id.interval.seconds", "600"),
                settings("io.kairos.transport.kiss-Packet-radio.cfg"));
        assertEquals(
                Map.of(
                        "interface.name", "Packet radio with header",
                        "port", "/dev/ttyACM1",
                        "parity", "even",
                        "callsign", "NO1CLL",
                        "ssid", "0",
                        "ready.flow.control", "true"),
                settings("io.kairos.transport.ax25-Packet-radio-with-header.cfg"));
    }

    @Test
    void aHiddenInterfaceKeepsItsAddress() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("hidden/storage/i2p"));
        Path home = temp.resolve("hidden");
        Files.writeString(home.resolve("config"), """
                [interfaces]
                  [[I2P]]
                    type = I2PInterface
                    enabled = yes
                    connectable = yes
                    peers = %1$s.b32.i2p, %2$s.b32.i2p
                  [[Old form]]
                    type = I2PInterface
                    enabled = yes
                    connectable = yes
                """.formatted("a".repeat(52), "b".repeat(52)));
        byte[] identity = new byte[64];
        Arrays.fill(identity, (byte) 9);
        Files.write(home.resolve("storage/transport_identity"), identity);
        String keys = "A".repeat(520) + "BQAEAAcAAA==";
        // names as the reference makes them: SHA-256 of both hashes, and at first of the interface's alone
        byte[] hash = publicHash(identity);
        Files.writeString(
                folder.resolve(hex(sha(sha("I2P".getBytes(StandardCharsets.UTF_8)), sha(hash))) + ".i2p"), keys);
        byte[] older = sha(sha("Old form".getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve(hex(older) + ".i2p"), keys);

        List<Item> items = node.importer().apply(home);

        Map<String, String> made = settings("io.kairos.transport.i2p-I2P.cfg");
        assertEquals("a".repeat(52) + ".b32.i2p," + "b".repeat(52) + ".b32.i2p", made.get("peers"));
        assertEquals("true", made.get("connectable"));
        assertEquals(
                2,
                items.stream()
                        .filter(item -> item.target().startsWith("address of ") && item.result() == Result.DONE)
                        .count());
        byte[] kept = sha(sha("I2P".getBytes(StandardCharsets.UTF_8)));
        assertEquals(keys, new String(node.store.read("i2p/" + hex(kept)).orElseThrow(), StandardCharsets.US_ASCII));
        assertTrue(node.importer().apply(home).stream()
                .filter(item -> item.target().startsWith("address of "))
                .allMatch(item -> item.result() == Result.PRESENT));
    }

    private byte[] publicHash(byte[] privateKeys) {
        byte[] agreement = node.suite.keyAgreement().publicKey(Arrays.copyOf(privateKeys, 32));
        byte[] signing = node.suite.signer().publicKey(Arrays.copyOfRange(privateKeys, 32, 64));
        return Arrays.copyOf(sha(agreement, signing), 16);
    }

    private static byte[] sha(byte[]... parts) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            Arrays.stream(parts).forEach(sha::update);
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** What is said of one interface, and what all have from the section of the node. */
    private void becomes(String file, Map<String, String> own) throws Exception {
        Map<String, String> expected =
                new HashMap<>(Map.of("gravity", "2", "enabled", "false", "ingress.held.limit", "99"));
        expected.putAll(own);
        assertEquals(expected, settings(file));
    }

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
    void whatCannotBeTakenOverIsNamedWithItsLineAndWhy() {
        List<Item> items = node.importer().preview(old);

        assertEquals(Result.NOT_YET, item(items, "[Mine]").result());
        assertEquals(
                "Kairos has no transport for ExampleInterface, a module of its operator's own yet",
                item(items, "[Mine]").note());
        Item tries = item(items, "max_reconnect_tries");
        assertEquals(Result.LEFT_OUT, tries.result());
        assertTrue(tries.source().startsWith("config:"), tries.source());
        assertEquals(Result.LEFT_OUT, item(items, "panic_on_interface_error").result());
    }

    @Test
    void radiosAreTakenOverAsTheyAreTuned() throws Exception {
        Files.writeString(old.resolve("config"), """
                [interfaces]
                  [[Roof]]
                    type = RNodeInterface
                    enabled = yes
                    port = /dev/ttyUSB0
                    frequency = 867200000
                    bandwidth = 125000
                    txpower = 7
                    spreadingfactor = 8
                    codingrate = 5
                    flow_control = no
                    airtime_limit_long = 1.5
                    id_interval = 600
                    id_callsign = N0CALL-0
                  [[Two]]
                    type = RNodeMultiInterface
                    enabled = yes
                    port = tcp://10.0.0.1
                    [[[High Band]]]
                      enabled = yes
                      vport = 1
                      frequency = 2400000000
                      bandwidth = 1625000
                      txpower = -3
                      spreadingfactor = 5
                      codingrate = 5
                      outgoing = yes
                    [[[Off]]]
                      vport = 0
                """);

        node.importer().apply(old);

        Map<String, String> roof = settings("io.kairos.transport.rnode-Roof.cfg");
        assertEquals("867200000", roof.get("frequency.hz"));
        assertEquals("none", roof.get("region"));
        assertEquals("false", roof.get("flow.control"));
        assertEquals("1.5", roof.get("airtime.limit.long.percent"));
        assertEquals("600", roof.get("id.interval.seconds"));
        assertEquals("N0CALL-0", roof.get("id.callsign"));
        Map<String, String> two = settings("io.kairos.transport.rnode.multi-Two.cfg");
        assertEquals("tcp://10.0.0.1", two.get("port"));
        assertEquals(
                "High-Band index=1 frequency.hz=2400000000 bandwidth.hz=1625000 tx.power.dbm=-3 spreading.factor=5"
                        + " coding.rate=5",
                two.get("radios"));
        List<Item> items = node.importer().preview(old);
        assertEquals(Result.LEFT_OUT, item(items, "[High Band] outgoing").result());
        assertEquals(Result.LEFT_OUT, item(items, "[Off]").result());
    }

    @Test
    void howProgramsReachTheNodeStaysAsTheyKnowIt() throws Exception {
        Path file = etc.resolve("io.kairos.transport.local-programs.cfg");
        Files.writeString(file, "# mine\ninterface.name = programs\n#instance.name = default\n");
        Files.writeString(old.resolve("config"), """
                [reticulum]
                share_instance = yes
                instance_name = second
                shared_instance_type = TCP
                shared_instance_port = 37430
                instance_control_port = 37429
                rpc_key = E5 C0 32
                """);

        List<Item> items = node.importer().apply(old);

        assertEquals("""
                # mine
                interface.name = programs
                #instance.name = default
                instance.name = second
                socket = tcp
                listen.port = 37430
                rpc.key = e5c032
                """, Files.readString(file));
        assertEquals(Result.PRESENT, item(items, "share_instance").result());
        assertEquals(Result.PRESENT, item(items, "instance_control_port").result());
        assertTrue(items.stream().noneMatch(item -> item.toString().contains("e5c032")), "the key is not shown");
    }

    @Test
    void theSharedInstanceIsFoundUnderAnyName() throws Exception {
        Path file = etc.resolve("io.kairos.transport.local-mine.cfg");
        Files.writeString(file, "interface.name = mine\n");
        node.importer().apply(old);
        assertEquals("interface.name = mine\nenabled = false\n", Files.readString(file));
        Files.delete(file);
        node.importer().apply(old);
        assertEquals(
                Map.of("interface.name", "programs", "enabled", "false"),
                settings("io.kairos.transport.local-programs.cfg"));
    }

    @Test
    void valuesOfTheSharedInstanceThatMakeNoSenseAreLeftOut() throws Exception {
        Files.writeString(old.resolve("config"), """
                [reticulum]
                instance_name = two words
                shared_instance_type = pipe
                shared_instance_port = 70000
                instance_control_port = many
                rpc_key = secret
                """);
        List<Item> items = node.importer().apply(old);
        for (String key : List.of("instance_name", "instance_type", "instance_port", "control_port", "rpc_key")) {
            assertEquals(Result.LEFT_OUT, item(items, key).result(), key);
        }
        assertFalse(Files.exists(etc.resolve("io.kairos.transport.local-programs.cfg")));
    }

    @Test
    void identitiesKeysRatchetsAndRefusedIdentitiesAreTakenOver() {
        node.importer().apply(old);

        assertEquals(List.of("node", "reticulum-node", "rncp"), List.copyOf(node.keys.keySet()));
        KnownDestination alice = node.known.get(DestinationHash.parse(fact("alice")));
        assertEquals("Alice", new String(alice.appData().orElseThrow(), StandardCharsets.UTF_8));
        assertTrue(alice.ratchet().isPresent());
        assertTrue(
                node.known.get(DestinationHash.parse(fact("other"))).ratchet().isEmpty());
        assertTrue(node.store.read("ratchets/own/" + fact("own")).isPresent());
        assertEquals(fact("blackholed"), node.blackholed.get(0).identity().toHex());
        assertEquals("spam", node.blackholed.get(0).reason().orElseThrow());
    }

    @Test
    void thePreviewChangesNothingAndTheOldFilesStayAsTheyAre() throws Exception {
        Map<String, String> before = contents(old);

        List<Item> preview = node.importer().preview(old);
        assertEquals(List.of("node"), List.copyOf(node.keys.keySet()));
        assertEquals(Map.of(), contents(etc));
        assertEquals(0, node.store.writes());

        List<Item> applied = node.importer().apply(old);
        assertEquals(before, contents(old));
        assertEquals(
                preview.stream().filter(item -> item.result() == Result.PLANNED).count(),
                applied.stream().filter(item -> item.result() == Result.DONE).count());
    }

    @Test
    void aSecondTimeEverythingIsThereAlready() throws Exception {
        node.importer().apply(old);
        Map<String, String> after = contents(etc);

        List<Item> again = node.importer().apply(old);

        assertTrue(again.stream().noneMatch(item -> item.result() == Result.DONE || item.result() == Result.FAILED));
        assertEquals(after, contents(etc));
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

    @Test
    void aMistakeInTheConfigurationStopsBeforeAnythingIsDone() throws Exception {
        Files.writeString(old.resolve("config"), "[reticulum]\nenable_transport = yes\nenable_transport = no\n");
        MeshException refusal =
                assertThrows(MeshException.class, () -> node.importer().apply(old));
        assertTrue(refusal.getMessage().startsWith("config, line 3:"), refusal.getMessage());
        assertEquals(List.of("node"), List.copyOf(node.keys.keySet()));
    }

    @Test
    void damagedFilesAreLeftOutAndTheRestIsTakenOver() throws Exception {
        Files.write(old.resolve("storage/known_destinations"), new byte[] {(byte) 0x82, 1});
        Files.write(old.resolve("storage/identities/rncp"), new byte[63]);
        Files.write(old.resolve("storage/blackhole/local"), new byte[] {1});

        List<Item> items = node.importer().apply(old);

        assertEquals(Result.LEFT_OUT, item(items, "known_destinations").result());
        assertEquals(Result.LEFT_OUT, item(items, "identities/rncp").result());
        assertEquals(Result.LEFT_OUT, item(items, "blackhole/local").result());
        assertEquals(Result.DONE, item(items, "transport_identity").result());
    }

    @Test
    void ratchetsThatNobodyHereSignedAreLeftOut() throws Exception {
        Files.delete(old.resolve("storage/identities/rncp"));
        Item ratchets = item(node.importer().apply(old), ".ratchets");
        assertEquals(Result.LEFT_OUT, ratchets.result());
        assertFalse(node.store.read("ratchets/own/" + fact("own")).isPresent());
    }

    @Test
    void theIdentityOfAnotherProgramIsFoundByItsFolder() throws Exception {
        Path nomad = temp.resolve(".nomadnetwork");
        Files.createDirectories(nomad.resolve("storage"));
        byte[] keys = new byte[64];
        Arrays.fill(keys, (byte) 3);
        Files.write(nomad.resolve("storage/identity"), keys);

        node.importer().apply(nomad);

        assertArrayEquals(keys, node.keys.get("nomadnetwork"));
    }

    @Test
    void aFullDiskIsToldForEachItem() {
        node.store.full(true);
        Item ratchets = item(node.importer().apply(old), ".ratchets");
        assertEquals(Result.FAILED, ratchets.result());
    }

    @Test
    void entriesOfFiveElementsThatAreKeptForGoodStayKept() throws Exception {
        byte[] hash = new byte[16];
        Map<Object, Object> file = new HashMap<>();
        file.put(ByteBuffer.wrap(hash), Arrays.asList(1.5e9, null, new byte[64], null, -1L));
        Files.write(old.resolve("storage/known_destinations"), MessagePack.pack(file));

        node.importer().apply(old);

        assertEquals(List.of(DestinationHash.of(hash)), node.kept);
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThrows(MeshException.class, () -> node.importer().preview(etc));
        assertThrows(MeshException.class, () -> node.importer().preview(temp.resolve("nowhere")));
    }

    private String fact(String name) {
        return facts.getProperty(name);
    }

    private static Item item(List<Item> items, String part) {
        return items.stream()
                .filter(item -> item.source().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " not in " + items));
    }

    private Map<String, String> settings(String file) throws IOException {
        return new HashMap<>(SettingsText.read(Files.readString(etc.resolve(file))));
    }

    private static Path resources() throws URISyntaxException {
        return Path.of(ImporterTest.class.getResource("/old").toURI());
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(folder)) {
            contents.put(
                    folder.relativize(file).toString(),
                    Files.getLastModifiedTime(file) + " "
                            + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        }
        return contents;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        files(from).forEach(file -> {
            try {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
