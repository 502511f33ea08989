package io.kairos.test.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's first hour: generate a transport outside this tree, build, test, pack and sign it, install it on a node in
 * production, see packets, update, roll back, remove.
 */
class PluginLifeIT {

    @TempDir
    Path outside;

    private final Path target = Path.of(System.getProperty("kairos.target"));

    @Test
    void aTransportFromNothingToARunningNodeAndBack() throws Exception {
        OutsideMaven maven = new OutsideMaven(target);
        Path project = generate(maven, "transport", "pebble-transport");
        maven.run(project, "kairos:keygen", "-Dkairos.key=my.key");
        String key = Files.readString(project.resolve("my.key.pub")).strip();

        String said = maven.run(project, "verify", "-Dkairos.key=my.key");
        assertTrue(
                Pattern.compile("Tests run: (2[0-9]|3[0-9]), Failures: 0, Errors: 0")
                        .matcher(said)
                        .find(),
                said);
        Path first = kept(project, "1.0.0");
        replace(project.resolve("pom.xml"), "<version>1.0.0</version>", "<version>1.1.0</version>");
        maven.run(project, "verify", "-Dkairos.key=my.key", "-DskipTests");
        Path second = kept(project, "1.1.0");
        maven.run(project, "package", "-DskipTests", "-Dkairos.package=" + project.resolve("unsigned.kar"));
        maven.run(project, "kairos:verify", "-Dkairos.trust=" + key, "-Dkairos.package=" + second);

        Path archive = target.resolve("staged/distribution.tar.gz");
        try (RunningNode node = new RunningNode(archive, outside.resolve("node"), freePort())) {
            node.typeUntil("plugin:list", "No plugin is installed");
            live(node, key, first, second, project.resolve("unsigned.kar"));
        }
    }

    /** What is generated is the example, under other names. */
    @Test
    void archetypesGiveTheExamplesUnderOtherNames() throws Exception {
        OutsideMaven maven = new OutsideMaven(target);
        Path examples = Path.of(System.getProperty("kairos.sdk")).resolve("../../../examples");
        for (String kind : List.of("transport", "suite", "strategy")) {
            Path generated = generate(maven, kind, "hello-" + kind, "org.example.hello", "hello");
            Map<String, String> expected = files(examples.resolve("hello-" + kind));
            expected.computeIfPresent(
                    "pom.xml",
                    (name, text) ->
                            text.replace("<relativePath>../../parent/pom.xml</relativePath>", "<relativePath/>"));
            assertEquals(expected, files(generated));
        }
    }

    private void live(RunningNode node, String key, Path first, Path second, Path unsigned) throws Exception {
        assertRefused(node, first, "trust");
        node.type("plugin:trust add me " + key);
        assertRefused(node, unsigned, "sign");
        assertRefused(node, tampered(first), "");

        succeeds(node, "plugin:install -y " + first, "1.0.0 is installed");
        node.typeUntil("plugin:list", "1.0.0");
        int ours = freePort();
        int theirs = freePort();
        node.type("iface:add pebble name=p0 listen.port=" + theirs + " peer.port=" + ours);
        carries(node, ours, theirs);

        succeeds(node, "plugin:install -y " + second, "is now 1.1.0");
        node.typeUntil("plugin:list", "1.1.0");
        carries(node, ours, theirs);

        succeeds(node, "plugin:rollback -y pebble-transport", "is 1.0.0 again");
        node.typeUntil("plugin:list", "1.0.0");
        carries(node, ours, theirs);

        succeeds(node, "plugin:uninstall -y pebble-transport", "is removed");
        node.typeUntil("plugin:list", "No plugin is installed");
        node.typeUntil("mesh:status p0", "There is no interface 'p0'");
    }

    private static void succeeds(RunningNode node, String command, String expected) throws Exception {
        String said = node.type(command);
        assertTrue(
                said.contains(expected),
                command + " said:\n"
                        + said.lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n")));
    }

    /** The node sends to us what it asks its neighbours, and counts what we send. */
    private static void carries(RunningNode node, int ours, int theirs) throws Exception {
        node.typeUntil("mesh:status p0", "p0 (pebble) UP");
        try (DatagramSocket neighbour = new DatagramSocket(ours, InetAddress.getLoopbackAddress())) {
            neighbour.setSoTimeout(30_000);
            node.type("mesh:path -w 1 00112233445566778899aabbccddeeff");
            DatagramPacket asked = new DatagramPacket(new byte[1_000], 1_000);
            neighbour.receive(asked);
            assertTrue(asked.getLength() > 19, "a packet of the node: " + asked.getLength() + " bytes");

            long before = received(node);
            byte[] packet = Arrays.copyOf(asked.getData(), asked.getLength());
            neighbour.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), theirs));
            for (int i = 0; i < 100 && received(node) == before; i++) {
                Thread.sleep(100);
            }
            assertTrue(received(node) > before, "the node has counted it");
        }
    }

    private static long received(RunningNode node) throws Exception {
        String json = node.type("mesh:status --json p0");
        Matcher matcher = Pattern.compile("\"received_packets\"\\s*:\\s*(\\d+)").matcher(json);
        assertTrue(matcher.find(), json);
        return Long.parseLong(matcher.group(1));
    }

    private static void assertRefused(RunningNode node, Path file, String reason) throws Exception {
        String said = node.type("plugin:install -y " + file);
        assertTrue(said.contains("\u2192") || said.contains("->"), said);
        assertTrue(said.contains(reason), said);
        assertFalse(node.type("plugin:list").contains("pebble"));
    }

    private Path generate(OutsideMaven maven, String kind, String artifact) throws Exception {
        return generate(maven, kind, artifact, "org.example.pebble", "pebble");
    }

    private Path generate(OutsideMaven maven, String kind, String artifact, String javaPackage, String name)
            throws Exception {
        maven.run(
                outside,
                "org.apache.maven.plugins:maven-archetype-plugin:" + System.getProperty("archetype.version")
                        + ":generate",
                "-DarchetypeCatalog=internal",
                "-DarchetypeGroupId=io.kairos",
                "-DarchetypeArtifactId=io.kairos.sdk.archetype." + kind,
                "-DarchetypeVersion=" + System.getProperty("kairos.version"),
                "-DgroupId=org.example",
                "-DartifactId=" + artifact,
                "-Dpackage=" + javaPackage,
                "-Dname=" + name);
        return outside.resolve(artifact);
    }

    private Path kept(Path project, String version) throws IOException {
        Path made = project.resolve("target/pebble-transport-" + version + ".kar");
        return Files.copy(made, outside.resolve(made.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path tampered(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        return Files.write(outside.resolve("tampered.kar"), bytes);
    }

    private static void replace(Path file, String what, String by) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(what), text);
        Files.writeString(file, text.replace(what, by));
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(path).toString();
                if (!name.startsWith("target/") && !name.endsWith(".log") && !name.startsWith(".jqwik")) {
                    all.put(name, Files.readString(path).strip());
                }
            }
        }
        return all;
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
