package io.kairos.test.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A node of the demonstration: a folder with a distribution of its own, and its process. */
final class NodeProcess implements AutoCloseable {

    private static final long STOP_SECONDS = 6;

    private final String name;
    private final Path home;
    private final int port;
    private final int sshPort;
    private Process process;
    private ControlClient control;

    /**
     * @param port of the control bundle
     * @param sshPort of the node's console
     */
    NodeProcess(String name, Path home, int port, int sshPort) {
        this.name = name;
        this.home = home;
        this.port = port;
        this.sshPort = sshPort;
    }

    String name() {
        return name;
    }

    ControlClient control() {
        return control;
    }

    Path log() {
        return home.resolve("output.log");
    }

    /** Makes the folder: program files are links to the distribution's, settings are copies. */
    void prepare(Path distribution, Path bundle) throws IOException {
        copyTree(distribution, home);
        Path etc = home.resolve("etc");
        try (var files = Files.newDirectoryStream(etc, "io.kairos.transport.*.cfg")) {
            for (Path shipped : files) {
                Files.delete(shipped);
            }
        }
        Path extra = Files.createDirectories(home.resolve("extra"));
        Files.copy(bundle, extra.resolve("interop.jar"));
        write(
                etc.resolve("org.apache.felix.fileinstall-interop.cfg"),
                Map.of(
                        "felix.fileinstall.dir",
                        extra.toString(),
                        "felix.fileinstall.tmpdir",
                        home.resolve("data/interop").toString(),
                        "felix.fileinstall.poll",
                        "500",
                        "felix.fileinstall.log.level",
                        "1"));
        Path properties = etc.resolve("custom.system.properties");
        String before = Files.exists(properties) ? Files.readString(properties) : "";
        Files.writeString(properties, before + "\nkairos.interop.port = " + port + "\n");
        Path shell = etc.resolve("org.apache.karaf.shell.cfg");
        if (Files.exists(shell)) { // several nodes on one machine cannot share the port of the console
            Files.writeString(shell, Files.readString(shell).replaceAll("(?m)^sshPort *=.*$", "sshPort = " + sshPort));
        }
        // everybody forwards for everybody
        write(etc.resolve("io.kairos.core.router.cfg"), Map.of("forward", "true"));
    }

    /** Adds an interface. */
    void configure(String pid, String interfaceName, Map<String, String> settings) throws IOException {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("interface.name", interfaceName);
        write(home.resolve("etc").resolve(pid + "-" + interfaceName + ".cfg"), all);
    }

    private static void write(Path file, Map<String, String> settings) throws IOException {
        Files.writeString(
                file,
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                String top = from.relativize(folder).toString();
                if (top.equals("data") || top.equals("instances")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                boolean program = relative.startsWith("system") || relative.startsWith("lib");
                if (!program || !linked(file, to.resolve(relative))) {
                    Files.copy(file, to.resolve(relative));
                    to.resolve(relative).toFile().setExecutable(file.toFile().canExecute());
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean linked(Path existing, Path link) {
        try {
            Files.createLink(link, existing);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // another file system: a copy does as well
        }
    }

    void launch() throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/kairos").toString(), "run"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("KAIROS_") || key.startsWith("KARAF_"));
        process = builder.start();
    }

    /** Whether the control port is open; fails when the process has ended. */
    boolean isReady() {
        if (!process.isAlive()) {
            throw new DemoFailure("node " + name + " has ended with status " + process.exitValue() + ", see " + log());
        }
        if (control == null) {
            try {
                control = new ControlClient(port);
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** Ends the process and all it has started. */
    @Override
    public void close() {
        if (control != null) {
            control.close();
        }
        if (process == null) {
            return;
        }
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
