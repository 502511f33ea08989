package io.kairos.test.bench.load;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Files.writeString(
                folder.resolve("config"),
                """
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
                """
                        .formatted(port));
        String program = "import RNS,time;RNS.Reticulum('%s');\nwhile True: time.sleep(1)".formatted(folder);
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
     * @param options further options for the node's Java process, for example a heap size
     */
    static NodeUnderTest kairos(Path distribution, String options) throws IOException {
        Path folder = Files.createTempDirectory("kairos-bench-node");
        run("cp", "-r", distribution + "/.", folder.toString());
        int port = freePort();
        try (Stream<Path> files = Files.list(folder.resolve("etc"))) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("io.kairos.transport."))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.writeString(
                folder.resolve("etc/io.kairos.transport.tcp.server-bench.cfg"),
                """
                interface.name = bench
                listen.host = 127.0.0.1
                listen.port = %d
                ingress.control = false
                announce.rate.target.seconds = 0
                """
                        .formatted(port));
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/kairos").toString());
        builder.environment().putAll(Map.of("KAIROS_HOME", folder.toString()));
        if (!options.isBlank()) {
            builder.environment().put("JAVA_OPTS", options);
        }
        return started("Kairos", port, builder, folder);
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    long pid() {
        // a launcher script replaces itself by the program, so the process is the node
        return process.pid();
    }

    @Override
    public void close() throws IOException {
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
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < deadline) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return node;
            } catch (IOException notYet) {
                if (!node.process.isAlive()) {
                    throw new IOException(name + " ended at once:\n" + Files.readString(log.toPath()), notYet);
                }
                pause();
            }
        }
        node.close();
        throw new IOException(name + " does not listen after 60 s");
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
            int status = new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
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
