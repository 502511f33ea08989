package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import io.kairos.test.rnode.Air;
import io.kairos.test.rnode.Modem;
import io.kairos.test.rnode.PtyModem;
import io.kairos.test.rnode.RealTime;
import io.kairos.test.rnode.TcpModem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people of each role may do on the remote console of a running node, and who else could get at it. */
class ConsoleRolesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static NodeProcess node;
    private static int mesh;
    private static RemoteConsole viewer;
    private static RemoteConsole operator;
    private static RemoteConsole formerAdmin;
    private static RemoteConsole nobody;

    @BeforeAll
    static void start() throws IOException {
        mesh = NodeProcess.freePort();
        node = new NodeProcess("console-roles").listens("first", mesh);
        int port = node.console().port();
        viewer = new RemoteConsole(port, "vera");
        operator = new RemoteConsole(port, "olga");
        formerAdmin = new RemoteConsole(port, "adam");
        nobody = new RemoteConsole(port, "noah");
        node.people(
                viewer.line("_g_:viewer"),
                operator.line("_g_:operator"),
                formerAdmin.line("admin,manager,viewer,ssh"),
                nobody.line("friend"));
        node.start().awaitPort(mesh).awaitLog("Interface first is up").awaitPort(port);
    }

    @AfterAll
    static void stop() {
        for (RemoteConsole console : List.of(viewer, operator, formerAdmin, nobody)) {
            console.close();
        }
        node.close();
    }

    private static void works(RemoteConsole console, String command, String expected) throws IOException {
        String said = console.say(command);
        assertTrue(said.contains(expected), command + " said: " + said);
    }

    private static void needs(String role, RemoteConsole console, String is, String command) throws IOException {
        works(console, command, "needs the role " + role + "; you are " + is + ".");
    }

    @Test
    void aViewerLooksAndChangesNothing() throws IOException {
        works(viewer, "mesh:status", "first (tcp-server) UP");
        works(viewer, "rnstatus", "first (tcp-server) UP");
        works(viewer, "mesh:path", "No path");
        works(viewer, "iface:list", "first");
        works(viewer, "role:list", "repeater");
        works(viewer, "mesh:status | grep first", "first");
        works(viewer, "iface:list | head -n 1", "Name");
        for (String command : List.of(
                "mesh:announce x",
                "mesh:path -D",
                "mesh:path -rD",
                "rnpath --drop-announces",
                "mesh:blackhole add 00",
                "iface:down first",
                "iface:add udp name=u",
                "role:install hub",
                "file:send a 00")) {
            needs("operator", viewer, "viewer", command);
        }
        ownersThings(viewer, "viewer");
    }

    @Test
    void anOperatorRunsTheNodeAndDoesNotOwnIt() throws IOException {
        works(
                operator,
                "iface:add udp name=u1 listen.host=127.0.0.1 listen.port=" + NodeProcess.freePort()
                        + " forward.host=127.0.0.1 forward.port=4000",
                "u1");
        works(operator, "iface:remove u1", "");
        works(operator, "role:check", "role");
        needs("owner", operator, "operator", "iface:add pipe name=p command=id");
        ownersThings(operator, "operator");
    }

    private static void ownersThings(RemoteConsole console, String is) throws IOException {
        for (String command : List.of(
                "identity:export node",
                "identity:create x",
                "node:run 00 id",
                "rnid -p",
                "config:list",
                "bundle:stop 1",
                "feature:uninstall kairos",
                "shell:exec id",
                "shell:cat etc/keys.properties",
                "cat etc/keys.properties",
                "service:list",
                "system:shutdown -f",
                "jaas:su x",
                "file:serve -n",
                "shell:alias a = b")) {
            needs("owner", console, is, command);
        }
    }

    @Test
    void theScriptLanguageIsNoWayRoundTheRoles() throws IOException {
        Path keys = node.home().resolve("etc/keys.properties");
        String before = Files.readString(keys);
        for (RemoteConsole console : List.of(viewer, operator)) {
            String is = console == viewer ? "viewer" : "operator";
            for (String line : List.of(
                    "echo x > " + keys,
                    "echo x >> " + keys,
                    "[1 2] getClass",
                    "$.context getBundle 0",
                    "($.context getBundle 0) loadClass java.lang.Runtime",
                    "addCommand x $.context",
                    "new java.util.ArrayList")) {
                needs("owner", console, is, line);
            }
            works(console, "x = { shell:exec id } ; x", "needs the role owner");
            works(console, "mesh:alias = { shell:exec id } ; mesh:alias", "needs the role owner");
        }
        assertEquals(before, Files.readString(keys));
    }

    @Test
    void anOwnerMayDoEverythingAndSoMayWhoWasAdminBefore() throws IOException {
        for (RemoteConsole console : List.of(node.console(), formerAdmin)) {
            works(console, "config:list \"(service.pid=org.apache.karaf.shell)\"", "publickey");
            works(console, "shell:exec echo hello", "hello");
            works(console, "echo elements: ([1 2] size)", "elements: 2");
            works(console, "identity:show", "node");
            Path file = node.home().resolve("data/written-by-the-owner");
            console.say("echo redirected > " + file);
            assertEquals("redirected", Files.readString(file).strip());
            Files.delete(file);
        }
    }

    @Test
    void anOperatorBringsARadioFromPluggedInToUp() throws IOException {
        Counterpart.program("socat", "socat"); // makes pseudo-terminals
        works(node.console(), "feature:install kairos-transport-rnode", "");
        needs("operator", viewer, "viewer", "iface:rnode-scan");
        Path tty = node.home().resolve("ttyRadio");
        try (RealTime time = new RealTime();
                PtyModem plugged = new PtyModem(modem(time, "plugged"), tty);
                TcpModem mast = new TcpModem(modem(time, "mast"), 0)) {
            String here = " --port " + tty;
            String scan = "iface:rnode-scan" + here + " --port tcp://127.0.0.1:" + mast.port();
            eventually(operator, scan, "ttyRadio", "tcp://127.0.0.1", "Heltec LoRa32 3", "Regions:  eu868");
            works(operator, scan + " --add lora", "Add --region with one of: eu868 (Europe, 868 MHz)");
            works(operator, scan + " --add lora --region atlantis", "No region 'atlantis' is known.");
            works(operator, scan + " --add first --region eu868", "An interface 'first' exists already.");
            eventually(operator, scan + " --add lora --region eu868", "There are 2 radios.", "Add --port with one of");

            eventually(
                    operator,
                    "iface:rnode-scan" + here + " --add lora --region eu868 --profile fast",
                    "Heltec LoRa32 3 with firmware 1.86 at " + tty,
                    "869.525 MHz",
                    "lora is ");
            eventually(operator, "iface:show lora", "UP", tty.toString());

            works(operator, "iface:rnode-scan" + here + " --add x --region eu868", "It is used by interface lora");
            works(operator, scan + " --add mast --region eu868", "Heltec LoRa32 3 with firmware 1.86 at tcp:");
            eventually(operator, "iface:list", "lora", "mast");
            eventually(operator, "iface:show mast", "UP");
            works(operator, "iface:show lora", "UP"); // and was not disturbed
            plugged.close();
            eventually(operator, "iface:show lora", "DOWN");
            plugged.plug();
            eventually(operator, "iface:show lora", "UP");
        } finally {
            operator.say("iface:remove lora");
            operator.say("iface:remove mast");
            node.console().say("feature:uninstall kairos-transport-rnode");
        }
    }

    private static Modem modem(RealTime time, String name) {
        return new Modem(new Air(time, time, 10, 1), name);
    }

    /** Said at the latest after a while: what is plugged in comes when it comes. */
    private static void eventually(RemoteConsole console, String command, String... expected) {
        AtomicReference<String> said = new AtomicReference<>("nothing");
        try {
            WaitFor.condition(command, PATIENCE, () -> {
                said.set(say(console, command));
                return List.of(expected).stream().allMatch(said.get()::contains);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + " said: " + said.get(), e);
        }
    }

    private static String say(RemoteConsole console, String command) {
        try {
            return console.say(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void helpListsWhatOneMayDo() throws IOException {
        assertFalse(viewer.say("help").contains("identity:export"), "not for a viewer");
        works(node.console(), "help", "identity:export");
    }

    @Test
    void whoHasNoRoleDoesNotComeIn() throws IOException {
        assertThrows(IOException.class, () -> nobody.say("mesh:status"));
        works(node.console(), "mesh:doctor", "1 of those in etc/keys.properties have no role");
    }

    @Test
    void nothingListensButWhatIsConfigured() throws IOException {
        assertEquals(new TreeSet<>(Set.of(mesh, node.console().port())), node.listeningPorts());
    }

    @Test
    void otherUsersOfTheMachineReadNothing() throws IOException {
        works(
                operator,
                "iface:add udp name=u2 listen.host=127.0.0.1 listen.port=" + NodeProcess.freePort()
                        + " forward.host=127.0.0.1 forward.port=4000",
                "u2"); // a file that is made later
        List<String> open = new ArrayList<>();
        for (String folder : List.of("etc", "data", "store")) {
            try (Stream<Path> all = Files.walk(node.home().resolve(folder))) {
                for (Path path : all.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                    String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                    if (!mode.endsWith("------")) {
                        open.add(mode + " " + path);
                    }
                }
            }
        }
        operator.say("iface:remove u2");
        assertEquals(List.of(), open);
    }
}
