package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A node that updates itself as a whole from one signed file, and goes back where that turns out badly. */
class NodeUpdateIT {

    private static final Predicate<String> ALL = path -> true;

    @Test
    void theWholeNodeIsUpdatedRolledBackAndComesBackByItselfFromVersionsThatDoNotWork() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("node-update").listens("first", port)) {
            Path stick = node.home().resolve("stick");
            Path distribution = NodeProcess.distribution("distribution");
            PluginFile maker = new PluginFile();
            List<PackageSigner> by = List.of(maker);
            node.start().awaitPort(port);
            awaitVersion(node, "running +installed by hand");
            say(node, "plugin:trust add maker " + maker.key().text());
            DestinationHash id = idOf(port);

            nothingChangesByWhatIsNotToBeBelieved(node, distribution, by);

            // a version that works, but not for a plugin that has to share its name with a bundle of it
            say(node, "plugin:install --yes " + maker.write(stick.resolve("plugins"), "1.0.0", Map.of()));
            assertSays(node, "plugin:check hello", "hello is as it should be");
            Map<String, byte[]> inTheWay =
                    Map.of("system/org/example/other/1.0.0/other-1.0.0.jar", PluginFile.jar("2.0.0", Map.of()));
            Path good = NodeFile.write(stick, distribution, "0.2.0", by, ALL, inTheWay);
            assertSays(node, "node:update " + good, "there will be another bundle org.example.hello");
            assertFalse(Files.exists(node.home().resolve("data/node/next")));
            assertSays(node, "node:update --without-plugins " + good, "Version 0.2.0 is tried at the next start");
            assertTrue(say(node, "node:versions").contains("next"));
            node.stop();
            node.start().awaitPort(port);
            awaitVersion(node, "0\\.2\\.0 +running +package");
            assertEquals(id, idOf(port));
            assertSays(node, "plugin:check hello", "goes on without it");
            assertSays(node, "mesh:doctor", "goes on without the plugin hello 1.0.0");

            // and back
            assertSays(node, "node:rollback", "Version installed is tried at the next start");
            node.stop();
            node.start().awaitPort(port);
            awaitVersion(node, "running +installed by hand");
            awaitVersion(node, "0\\.2\\.0 +before");
            assertEquals(id, idOf(port));
            WaitFor.condition(
                    "the plugin is back",
                    NodeProcess.START,
                    () -> say(node, "plugin:check hello").contains("hello is as it should be"));

            // a version that cannot start at all
            Path broken = NodeFile.write(
                    stick, distribution, "0.3.0", by, path -> !path.contains("lib/boot/org.apache.karaf.main"));
            say(node, "node:update --restart " + broken);
            awaitVersion(node, "0\\.3\\.0 +failed");
            assertEquals(id, idOf(port));

            // a power cut while a version is on trial
            say(node, "node:update " + NodeFile.write(stick, distribution, "0.4.0", by, ALL));
            node.stop();
            node.start();
            Path trial = node.home().resolve("data/node/trial");
            WaitFor.condition("a trial", NodeProcess.START, () -> Files.exists(trial) && node.isAlive());
            node.kill();
            assertTrue(Files.exists(trial));
            node.start().awaitPort(port);
            awaitVersion(node, "0\\.4\\.0 +failed");
            assertEquals(id, idOf(port));

            // a version that comes up without what was there before
            say(node, "node:update " + NodeFile.write(stick, distribution, "0.5.0", by, ALL));
            Path before = node.home().resolve("data/node/before");
            Files.writeString(before, Files.readString(before) + "identity main lost 00112233\n");
            node.stop();
            node.withJavaOptions("-Dio.kairos.admin.update.trial.seconds=20").start();
            awaitVersion(node, "0\\.5\\.0 +failed");
            assertTrue(say(node, "node:versions").contains("identity main lost 00112233 is not there"));
            assertTrue(say(node, "mesh:doctor").contains("Version 0.5.0 was tried and left"));
            awaitVersion(node, "running +installed by hand");
            assertEquals(id, idOf(port));
        }
    }

    private static void nothingChangesByWhatIsNotToBeBelieved(
            NodeProcess node, Path distribution, List<PackageSigner> by) throws Exception {
        Path stick = node.home().resolve("stick");
        Path strange = NodeFile.write(stick, distribution, "0.1.9", List.of(new PluginFile()), ALL);
        assertSays(node, "node:update " + strange, "No key that this node trusts");
        assertSays(
                node, "node:update " + NodeFile.write(stick, distribution, "0.1.9", List.of(), ALL), "is not signed");
        assertSays(node, "node:update " + NodeFile.write(stick, distribution, "0.0.1", by, ALL), "0.0.1 is older");
        Path changed = NodeFile.write(stick, distribution, "0.1.9", by, ALL);
        try (RandomAccessFile file = new RandomAccessFile(changed.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 1);
        }
        assertSays(node, "node:update " + changed, "was changed after the package was signed");
        assertFalse(Files.exists(node.home().resolve("data/node/next")));
        assertFalse(Files.exists(node.home().resolve("data/node/versions")));
    }

    /** Waits until the node tells this of its versions, whichever of them answers. */
    private static void awaitVersion(NodeProcess node, String words) {
        Pattern pattern = Pattern.compile(words);
        WaitFor.condition(
                "'" + words + "'",
                NodeProcess.START,
                () -> pattern.matcher(say(node, "node:versions")).find());
    }

    /** What a command printed; empty where the console is not there. */
    private static String say(NodeProcess node, String command) {
        try {
            return node.console().say(command);
        } catch (IOException e) {
            return "";
        }
    }

    private static void assertSays(NodeProcess node, String command, String text) {
        String said = say(node, command);
        assertTrue(said.contains(text), said);
    }

    /** The transport id, as it stands in an announce that the node repeats. */
    private static DestinationHash idOf(int port) throws IOException {
        try (Peer one = new Peer(port);
                Peer other = new Peer(port)) {
            return one.introduceTo(other);
        }
    }
}
