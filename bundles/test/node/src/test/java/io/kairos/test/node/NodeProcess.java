package io.kairos.test.node;

import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One node as a process in a folder of its own. */
final class NodeProcess implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(240);

    private static final Path TARGET = Path.of(System.getProperty("kairos.target", "target"));

    private final String archive;
    private final Path home;
    private final Path log;
    private final RemoteConsole console;
    private Process process;
    private long logStart;
    private String javaOptions = "";

    NodeProcess(String name) throws IOException {
        this(name, "distribution");
    }

    /** @param archive name of the packed distribution */
    NodeProcess(String name, String archive) throws IOException {
        this.archive = archive;
        home = Files.createDirectories(TARGET.resolve("nodes")).resolve(name).toAbsolutePath();
        log = home.resolveSibling(name + ".log");
        delete(home);
        Files.deleteIfExists(log);
        Files.createDirectories(home.resolve("etc"));
        int port = freePort();
        console = new RemoteConsole(port);
        write("keys.properties", console.keysFile());
        write(
                "org.apache.karaf.shell.cfg",
                "sshHost = 127.0.0.1\nsshPort = " + port + "\nhostKey = " + home.resolve("etc/host.key")
                        + "\nauthMethods = publickey\nsshRealm = karaf\nsshRole = ssh\nalgorithm = EC\nkeySize = 256\n");
        write("io.kairos.transport.auto-lan.cfg", "interface.name = lan\nenabled = false\n");
        write("io.kairos.transport.local-programs.cfg", "interface.name = programs\nenabled = false\n");
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** The distribution, unpacked once. */
    static synchronized Path distribution(String name) throws IOException {
        Path folder = TARGET.resolve(name).toAbsolutePath();
        Path stamp = folder.resolveSibling(name + ".complete");
        if (!Files.exists(stamp)) {
            Files.createDirectories(folder);
            Path archive = Path.of(System.getProperty("kairos.staged", "target/staged"))
                    .resolve(name + ".tar.gz");
            Process tar = new ProcessBuilder(
                            "tar", "xzf", archive.toAbsolutePath().toString(), "--strip-components=1")
                    .directory(folder.toFile())
                    .inheritIO()
                    .start();
            if (exitOf(tar) != 0) {
                throw new IOException("the distribution cannot be unpacked: " + archive);
            }
            Files.createFile(stamp);
        }
        return folder;
    }

    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Adds an interface the way an operator does who edits files. */
    NodeProcess listens(String name, int port) {
        return write(
                "io.kairos.transport.tcp.server-%s.cfg".formatted(name),
                "interface.name = %s\nlisten.host = 127.0.0.1\nlisten.port = %d\n".formatted(name, port)
                        + "fast.flapping.block = false\n");
    }

    /** Who may use the console, one line for each, beside the owner it has anyway. */
    NodeProcess people(String... lines) {
        return write("keys.properties", String.join("", lines) + console.keysFile());
    }

    NodeProcess write(String file, String content) {
        try {
            Files.writeString(home.resolve("etc").resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options of the Java virtual machine for the next start. */
    NodeProcess withJavaOptions(String options) {
        javaOptions = options;
        return this;
    }

    NodeProcess start() throws IOException {
        return start("run");
    }

    /** With a pipe as its input, which stays open until {@link #endInput}, and a file as its output. */
    NodeProcess start(String how) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(distribution(archive).resolve("bin/kairos").toString(), how);
        builder.environment().put("KAIROS_HOME", home.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KAIROS_JAVA_OPTS", javaOptions);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        logStart = Files.exists(log) ? Files.size(log) : 0;
        process = builder.start();
        return this;
    }

    /** Whoever started it has gone. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** What the node of all starts has printed. */
    String output() throws IOException {
        return Files.readString(log);
    }

    /** Waits until somebody accepts connections on a port. */
    NodeProcess awaitPort(int port) {
        WaitFor.condition("port " + port + " of the node; its output is in " + log, START, () -> accepts(port));
        return this;
    }

    /** Waits until the node of this start has said something; the empty text is its first word. */
    NodeProcess awaitLog(String text) {
        WaitFor.condition("'" + text + "' in " + log, START, () -> {
            try {
                String all = Files.readString(log);
                return all.length() > logStart && all.substring((int) logStart).contains(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return this;
    }

    /** Waits until there is a Java process. */
    NodeProcess awaitProcess() {
        WaitFor.condition("a process", START, this::isAlive);
        return this;
    }

    /** Waits until the Java process has ended by itself. */
    void awaitEnd() {
        WaitFor.condition("the node ends by itself", START, () -> !process.isAlive());
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The Java process below the script. */
    private List<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    boolean isAlive() {
        return process.descendants().anyMatch(ProcessHandle::isAlive);
    }

    /** Ports on which the node accepts connections. */
    Set<Integer> listeningPorts() throws IOException {
        Set<Integer> ports = new TreeSet<>();
        for (ProcessHandle handle : process.descendants().toList()) {
            Path folder = Path.of("/proc/" + handle.pid());
            Set<String> own = new HashSet<>();
            try (Stream<Path> links = Files.list(folder.resolve("fd"))) {
                for (Path link : links.toList()) {
                    if (Files.isSymbolicLink(link)) {
                        own.add(Files.readSymbolicLink(link).toString());
                    }
                }
            }
            for (String table : List.of("net/tcp", "net/tcp6")) {
                for (String line : Files.readAllLines(folder.resolve(table))) {
                    String[] cells = line.strip().split("\\s+");
                    if (cells.length > 9 && cells[3].equals("0A") && own.contains("socket:[" + cells[9] + "]")) {
                        ports.add(Integer.parseInt(cells[1].substring(cells[1].indexOf(':') + 1), 16));
                    }
                }
            }
        }
        return ports;
    }

    /** Resident memory in bytes. */
    long residentBytes() throws IOException {
        long most = 0;
        for (ProcessHandle handle : process.descendants().toList()) {
            Path status = Path.of("/proc/%d/status".formatted(handle.pid()));
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    most = Math.max(most, Long.parseLong(line.replaceAll("\\D", "")) * 1024);
                }
            }
        }
        return most;
    }

    /** Ends it as its operator does. */
    void stop() {
        List<ProcessHandle> all = processes();
        process.toHandle().destroy();
        WaitFor.condition("the node ends", START, () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** Ends it as a power cut does. */
    void kill() {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        WaitFor.condition("the processes end", () -> all.stream().noneMatch(ProcessHandle::isAlive));
    }

    RemoteConsole console() {
        return console;
    }

    Path home() {
        return home;
    }

    @Override
    public void close() {
        console.close();
        if (process != null) {
            kill();
        }
    }

    private static int exitOf(Process child) throws IOException {
        try {
            if (!child.waitFor(1, TimeUnit.MINUTES)) {
                child.destroyForcibly();
                throw new IOException("it takes too long");
            }
            return child.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
