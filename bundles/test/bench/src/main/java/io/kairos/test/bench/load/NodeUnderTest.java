package io.kairos.test.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that forwards packets between TCP connections; ends with {@link #close()}. */
final class NodeUnderTest implements AutoCloseable {

    private final String name;
    private final int port;
    private final Process process;
    private final Path folder;
    private ControlPort control;

    private NodeUnderTest(String name, int port, Process process, Path folder) {
        this.name = name;
        this.port = port;
        this.process = process;
        this.folder = folder;
    }

    /** The reference daemon as a transport node, announce limits open. */
    static NodeUnderTest reference(Path checkout) throws IOException {
        Path folder = Files.createTempDirectory("kairos-bench-reference");
        int port = freePort();
        Files.writeString(folder.resolve("config"), """
                [reticulum]
                  enable_transport = yes
                  share_instance = no
                  panic_on_interface_error = yes
                [logging]
                  loglevel = 1
                [interfaces]
                  [[bench]]
                    type = TCPServerInterface
                    enabled = yes
                    listen_ip = 127.0.0.1
                    listen_port = %d
                    ingress_control = no
                    announce_rate_target = 0
                """.formatted(port));
        String program = """
                import os, time, RNS
                RNS.Reticulum('%1$s')
                while True:
                    time.sleep(0.05)
                    with open('%1$s/paths.new', 'w') as told:
                        told.write(str(len(RNS.Transport.path_table)))
                    os.replace('%1$s/paths.new', '%1$s/paths')
                """.formatted(folder);
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/python3", "-c", program);
        builder.environment().put("PYTHONPATH", checkout.toString());
        return started("reference", port, builder, folder);
    }

    /** The limit: a relay that only deframes and frames, in a Java process of its own. */
    static NodeUnderTest bareRelay() throws IOException {
        Path folder = Files.createTempDirectory("kairos-bench-relay");
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(
                javaProgram(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                BareRelay.class.getName(),
                Integer.toString(port));
        return started("bare relay", port, builder, folder);
    }

    /**
     * A Kairos node from an unpacked distribution, with one TCP server interface and announce limits open.
     *
     * @param distribution the unpacked distribution; copied, never changed
     * @param control the control bundle of the interoperability tests, or {@code null} where nobody asks for paths
     * @param options options for the node's Java process instead of the distribution's own; may be empty
     */
    static NodeUnderTest kairos(Path distribution, Path control, String options) throws IOException {
        Path folder = Files.createTempDirectory("kairos-bench-node");
        run("cp", "-r", distribution + "/.", folder.toString());
        int port = freePort();
        try (Stream<Path> files = Files.list(folder.resolve("etc"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("io.kairos.transport."))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(folder.resolve("etc/io.kairos.transport.tcp.server-bench.cfg"), """
                interface.name = bench
                listen.host = 127.0.0.1
                listen.port = %d
                maximum.connections = 12000
                ingress.control = false
                announce.rate.target.seconds = 0
                """.formatted(port));
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/kairos").toString());
        builder.environment().putAll(Map.of("KAIROS_HOME", folder.toString()));
        if (!options.isBlank()) {
            builder.environment().put("JAVA_OPTS", options);
        }
        int controlPort = control == null ? 0 : addControl(folder, control);
        NodeUnderTest node = started("Kairos", port, builder, folder);
        if (controlPort != 0) {
            awaitPort(node, controlPort);
            node.control = new ControlPort(controlPort);
        }
        return node;
    }

    /** A watched folder, because the bundle has to wait for what it needs. */
    private static int addControl(Path folder, Path control) throws IOException {
        int port = freePort();
        Path extra = Files.createDirectory(folder.resolve("extra"));
        Files.copy(control, extra.resolve("control.jar"));
        Files.writeString(
                folder.resolve("etc/org.apache.felix.fileinstall-bench.cfg"),
                "felix.fileinstall.dir = %s%nfelix.fileinstall.tmpdir = %s%nfelix.fileinstall.poll = 500%n"
                        .formatted(extra, folder.resolve("data/bench")));
        Files.writeString(
                folder.resolve("etc/custom.system.properties"),
                "%nkairos.interop.port = %d%n".formatted(port),
                StandardOpenOption.APPEND);
        return port;
    }

    /** How many paths the node knows, as it tells itself. */
    long paths() throws IOException {
        if (control != null) {
            return control.paths();
        }
        Path told = folder.resolve("paths");
        return Files.exists(told) ? Long.parseLong(Files.readString(told)) : 0;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** The process that does the work: what a launcher script has started, or the process itself. */
    long pid() throws IOException {
        Path written = folder.resolve("data/kairos.pid");
        return Files.exists(written) ? Long.parseLong(Files.readString(written).strip()) : process.pid();
    }

    @Override
    public void close() throws IOException {
        if (control != null) {
            control.close();
        }
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (UncheckedIOException e) {
            System.err.println("left behind: " + folder);
        }
    }

    private static NodeUnderTest started(String name, int port, ProcessBuilder builder, Path folder)
            throws IOException {
        File log = folder.resolve("bench.log").toFile();
        builder.redirectErrorStream(true).redirectOutput(log).redirectInput(new File("/dev/null"));
        NodeUnderTest node = new NodeUnderTest(name, port, builder.start(), folder);
        awaitPort(node, port);
        return node;
    }

    private static void awaitPort(NodeUnderTest node, int port) throws IOException {
        long deadline = System.nanoTime() + 120_000_000_000L;
        while (System.nanoTime() < deadline) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return;
            } catch (IOException notYet) {
                if (!node.process.isAlive()) {
                    String log = Files.readString(node.folder.resolve("bench.log"));
                    throw new IOException(node.name + " ended at once:\n" + log, notYet);
                }
                pause();
            }
        }
        node.close();
        throw new IOException(node.name + " does not listen on port " + port + " after 120 s");
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException {
        try {
            int status =
                    new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException(new ArrayList<>(List.of(command)) + " failed with " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String javaProgram() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
