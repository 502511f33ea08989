package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Signed packages on a real node in production mode, with the console an operator has. */
class PackagesIT {

    private static final List<String> STEPS = List.of(
            "journal", "archived", "allowed", "cleared", "applied", "tested", "recorded", "settled", "ended", "tidied");
    private static final String QUESTION = "Do it? (yes/no)";
    private static final String HALT = "-Dio.kairos.admin.update.halt=";

    @Test
    void packagesAreInstalledUpdatedTakenBackAndRemovedAndNothingElseRuns() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("packages").listens("first", port)) {
            PluginFile maker = prepared(node, port);
            Path folder = node.home().resolve("stick");
            Map<String, String> none = Map.of();

            Path first = maker.write(folder, "1.0.0", none);
            assertSays(node, "plugin:install --yes " + first, "hello 1.0.0 is installed and passed its test.");
            assertSays(node, "plugin:update --yes hello " + maker.write(folder, "1.0.1", none), "hello is now 1.0.1");
            assertSays(
                    node,
                    "plugin:update --yes hello "
                            + maker.write(folder, "1.1.0", Map.of("Bundle-Activator", "no.such.Activator")),
                    "did not pass its test");
            assertRuns(node, "1.0.1");
            assertSays(
                    node,
                    "plugin:update --yes hello "
                            + maker.write(folder, "1.2.0", Map.of("Import-Package", "no.such.parcel")),
                    "Nothing was changed");
            assertRuns(node, "1.0.1");
            assertSays(
                    node,
                    "plugin:install --yes " + new PluginFile().write(folder.resolve("strange"), "2.0.0", none),
                    "No key that this node trusts");
            assertSays(node, "plugin:rollback --yes hello", "hello is 1.0.0 again.");
            assertRuns(node, "1.0.0");
            assertSays(node, "plugin:uninstall --yes hello", "hello is removed");
            assertEquals("", bundle(node));

            Path foreign = Files.write(folder.resolve("foreign.jar"), PluginFile.jar("3.0.0", none));
            assertSays(node, "bundle:install -s " + foreign.toUri(), "neither part of this distribution");
            assertTrue(bundle(node).contains("Installed"), bundle(node));
            String udp = "io.kairos.transport.udp";
            Path other = Files.write(folder.resolve("other.jar"), PluginFile.jar("3.0.1", none));
            assertSays(node, "bundle:update " + udp + " " + other.toUri(), "neither part of this distribution");

            // what is foreign is in nobody's way
            assertSays(node, "feature:install kairos-transport-pipe", "");
            WaitFor.condition(
                    "another bundle resolves and runs",
                    NodeProcess.START,
                    () -> run(node, "bundle:list -t 0 -s")
                            .lines()
                            .anyMatch(line -> line.contains("io.kairos.transport.pipe") && line.contains("Active")));
        }
    }

    @Test
    void whoIsAskedDecidesAndWhoIsSilentDoesNotAgree() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("packages-asked").listens("first", port)) {
            PluginFile maker = prepared(node, port);
            Path file = maker.write(node.home().resolve("stick"), "1.0.0", Map.of());
            try (Dialogue dialogue = node.console().talk()) {
                for (String refusal : List.of("no" + Dialogue.ENTER, Dialogue.ENTER, "yesterday" + Dialogue.ENTER)) {
                    ask(dialogue, "plugin:install " + file, refusal, "Nothing was changed.");
                }
                ask(dialogue, "plugin:install " + file, Dialogue.END_OF_INPUT, "Nothing was changed.");
                ask(dialogue, "plugin:install " + file, Dialogue.INTERRUPT, "Nothing was changed.");
                assertEquals("", bundle(node));
                ask(dialogue, "plugin:install " + file, "yes" + Dialogue.ENTER, "is installed and passed its test");
                assertRuns(node, "1.0.0");
                ask(dialogue, "plugin:uninstall hello", "no" + Dialogue.ENTER, "Nothing was changed.");
                assertRuns(node, "1.0.0");

                dialogue.type("plugin:uninstall --yes hello" + Dialogue.ENTER);
                dialogue.await("hello is removed");
                assertTrue(!dialogue.heard().contains(QUESTION), "with --yes nobody is asked");
            }
            assertSays(node, "plugin:install " + file, "The same command with --yes does it.");
            assertEquals("", bundle(node));
        }
    }

    private static void ask(Dialogue dialogue, String command, String answer, String outcome) throws IOException {
        dialogue.type(command + Dialogue.ENTER);
        dialogue.await(QUESTION);
        dialogue.type(answer);
        dialogue.await(outcome);
    }

    @Test
    void aSuddenDeathAtAnyOfTenStepsEndsInTheOldOrTheNewState() throws Exception {
        int port = NodeProcess.freePort();
        try (NodeProcess node = new NodeProcess("packages-death").listens("first", port)) {
            PluginFile maker = prepared(node, port);
            Path folder = node.home().resolve("stick");
            assertSays(
                    node,
                    "plugin:install --yes " + maker.write(folder, "1.0.0", Map.of()),
                    "hello 1.0.0 is installed and passed its test.");
            node.stop();
            node.withJavaOptions(HALT + STEPS.get(0)).start().awaitPort(port);
            String before = "1.0.0";
            for (int i = 0; i < STEPS.size(); i++) {
                String step = STEPS.get(i);
                String next = "1." + (i + 1) + ".0";
                Path file = maker.write(folder, next, Map.of());
                awaitConsole(node);
                run(node, "plugin:update --yes hello " + file);
                node.awaitEnd();

                // the node that settles this is the one that dies next; settling itself passes none of the steps
                String then = i + 1 < STEPS.size() ? HALT + STEPS.get(i + 1) : "";
                node.withJavaOptions(then).start().awaitPort(port);
                awaitConsole(node);
                Path journal = node.home().resolve("data/packages/journal");
                WaitFor.condition(
                        "the change is settled after " + step, NodeProcess.START, () -> !Files.exists(journal));
                String expected = i < STEPS.indexOf("recorded") ? before : next;
                assertRuns(node, expected);
                assertSays(node, "plugin:check hello", "hello is as it should be.");
                before = expected;
            }
        }
    }

    private static PluginFile prepared(NodeProcess node, int port) throws IOException, GeneralSecurityException {
        node.start().awaitPort(port);
        awaitConsole(node);
        PluginFile maker = new PluginFile();
        assertSays(node, "plugin:trust add maker " + maker.key().text(), "are accepted from now on");
        return maker;
    }

    /** The console is the last thing to come up. */
    private static void awaitConsole(NodeProcess node) {
        WaitFor.condition(
                "the commands are there",
                NodeProcess.START,
                () -> run(node, "plugin:trust list").matches("(?s).*(trusts no key|Name).*"));
    }

    /** What a command printed; empty where the console is not there, or the node ended meanwhile. */
    private static String run(NodeProcess node, String command) {
        try {
            return node.console().run(command);
        } catch (IOException e) {
            return "";
        }
    }

    private static void assertSays(NodeProcess node, String command, String text) {
        try {
            String said = node.console().say(command);
            assertTrue(said.contains(text), said);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    private static void assertRuns(NodeProcess node, String version) {
        WaitFor.condition("hello " + version + " runs", NodeProcess.START, () -> {
            String bundle = bundle(node);
            return bundle.contains("Active")
                    && bundle.contains(version)
                    && bundle.lines().count() == 1;
        });
    }

    private static String bundle(NodeProcess node) {
        return run(node, "bundle:list -t 0 -s")
                .lines()
                .filter(line -> line.contains("org.example.hello"))
                .collect(Collectors.joining("\n"));
    }
}
