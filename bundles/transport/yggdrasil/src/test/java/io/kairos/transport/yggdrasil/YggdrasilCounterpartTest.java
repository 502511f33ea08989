package io.kairos.transport.yggdrasil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's daemon, twice, in two network namespaces that a cable joins. */
class YggdrasilCounterpartTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String left = "ygg-left-" + ProcessHandle.current().pid();
    private final String right = "ygg-right-" + ProcessHandle.current().pid();
    private final List<Process> processes = new ArrayList<>();

    /** A node in a namespace. */
    private record Node(Process process, BufferedReader answers) {

        String ask(String question) {
            try {
                process.getOutputStream().write((question + "\n").getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
                return String.valueOf(answers.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String address() {
            return ask("status").split(" ")[1];
        }
    }

    @BeforeEach
    void joinNamespaces() throws IOException, InterruptedException {
        Counterpart.program("yggdrasil", "yggdrasil");
        Counterpart.needs(Files.exists(Path.of("/dev/net/tun")), "/dev/net/tun is missing");
        Counterpart.needs(Addresses.run("ip", "netns", "add", left), "only root makes network namespaces");
        List<String> steps = List.of(
                "ip netns add " + right,
                "ip -n " + left + " link add cable type veth peer name cable netns " + right,
                "ip -n " + left + " addr add 10.77.0.1/24 dev cable",
                "ip -n " + right + " addr add 10.77.0.2/24 dev cable",
                "ip -n " + left + " link set lo up",
                "ip -n " + right + " link set lo up",
                "ip -n " + left + " link set cable up",
                "ip -n " + right + " link set cable up");
        for (String step : steps) {
            assertTrue(Addresses.run(step.split(" ")), step);
        }
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        Addresses.run("ip", "netns", "del", left);
        Addresses.run("ip", "netns", "del", right);
    }

    @Test
    void nodesMeetAtTheirAddressesAndFollowADaemonThatChangesItsOwn() throws IOException, InterruptedException {
        Node listener = node(left, "listener", socket("left"));
        Process daemon = daemon(left, "left", "\"Listen\":[\"tcp://10.77.0.1:19001\"],\"Peers\":[]");
        WaitFor.condition(
                "the listener is up", BOUND, () -> listener.ask("status").startsWith("UP 2"));
        // the daemon calls its peers once a minute: the other one has to listen first
        daemon(right, "right", "\"Listen\":[],\"Peers\":[\"tcp://10.77.0.1:19001\"]");
        String first = listener.address();

        Node caller = node(right, "caller", socket("right"), first);
        WaitFor.condition(
                "connected",
                BOUND,
                () -> listener.ask("status").endsWith(" 1")
                        && caller.ask("status").startsWith("UP 2")
                        && caller.ask("status").endsWith(" 1"));
        assertEquals("sent", caller.ask("send 50"));
        assertEquals("sent", listener.ask("send 70"));
        WaitFor.condition(
                "all arrive",
                BOUND,
                () -> listener.ask("count").equals("50") && caller.ask("count").equals("70"));

        daemon.destroy();
        assertTrue(daemon.waitFor(10, TimeUnit.SECONDS));
        WaitFor.condition(
                "the address is gone", BOUND, () -> listener.ask("status").equals("DOWN - 0"));
        daemon(left, "left", "\"Listen\":[\"tcp://10.77.0.1:19001\"],\"Peers\":[]");
        WaitFor.condition("another address", BOUND, () -> listener.ask("status").startsWith("UP 2"));
        assertTrue(!listener.address().equals(first), "a daemon without a kept key draws a new one");
        assertTrue(caller.ask("status").startsWith("UP 2"), "its own daemon has stayed");
    }

    private Path socket(String name) {
        return folder.resolve(name + ".sock");
    }

    /** A daemon that draws its key when it starts. */
    private Process daemon(String namespace, String name, String where) throws IOException {
        Path settings = Files.writeString(
                folder.resolve(name + ".conf"),
                "{%s,\"AdminListen\":\"unix://%s\",\"IfName\":\"auto\",\"MulticastInterfaces\":[]}"
                        .formatted(where, socket(name)));
        return start(
                namespace,
                name,
                List.of(Counterpart.program("yggdrasil", "yggdrasil").toString(), "-useconffile", settings.toString()));
    }

    private Node node(String namespace, String name, Path socket, String... peers) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                NamespaceNode.class.getName(),
                name,
                socket.toString()));
        command.addAll(List.of(peers));
        Process process = start(namespace, name, command);
        return new Node(process, process.inputReader(StandardCharsets.US_ASCII));
    }

    private Process start(String namespace, String name, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(command);
        Process process = new ProcessBuilder(all)
                .redirectError(folder.resolve(name + ".log").toFile())
                .start();
        processes.add(process);
        return process;
    }
}
