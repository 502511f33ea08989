package io.kairos.test.sdk;

import io.kairos.test.kit.Counterpart;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The finished distribution in production mode, and somebody who types on its machine: {@code bin/kairos-shell}. */
final class RunningNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Path folder;
    private final Process process;

    /** Unpacks the distribution and starts it; nothing of it listens on a port that others may use. */
    RunningNode(Path archive, Path folder, int sshPort) throws IOException, InterruptedException {
        Counterpart.program("ssh", "openssh-client"); // bin/kairos-shell goes through it
        this.folder = folder;
        Files.createDirectories(folder);
        int unpacked = new ProcessBuilder(
                        "tar", "-xzf", archive.toString(), "-C", folder.toString(), "--strip-components=1")
                .inheritIO()
                .start()
                .waitFor();
        if (unpacked != 0) {
            throw new IOException("the distribution could not be unpacked");
        }
        Path etc = folder.resolve("etc");
        Files.writeString(etc.resolve("io.kairos.transport.auto-lan.cfg"), "interface.name = lan\nenabled = false\n");
        Files.writeString(
                etc.resolve("io.kairos.transport.local-programs.cfg"), "interface.name = programs\nenabled = false\n");
        Path ssh = etc.resolve("org.apache.karaf.shell.cfg");
        Files.writeString(ssh, Files.readString(ssh).replaceAll("(?m)^\\s*sshPort\\s*=.*$", "sshPort = " + sshPort));
        process = program(List.of("run"), "bin/kairos")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        process.getOutputStream().close();
        awaitDoor(sshPort);
    }

    private ProcessBuilder program(List<String> words, String name) {
        List<String> command = new ArrayList<>(List.of(folder.resolve(name).toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("KAIROS_HOME");
        return builder;
    }

    private Path log() {
        return folder.resolveSibling("node.log");
    }

    /** Its console is the last thing to come up. */
    private void awaitDoor(int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket door = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (ConnectException closed) {
                if (!process.isAlive() || System.nanoTime() - end > 0) {
                    throw new AssertionError("the node has no console:\n" + Files.readString(log()), closed);
                }
                Thread.sleep(200);
            }
        }
    }

    /** Types a command, whose words stand between blanks, and reads what it says. */
    String type(String command) throws IOException, InterruptedException {
        Path said = folder.resolveSibling("said.txt");
        Process shell = program(List.of(command.split(" ")), "bin/kairos-shell")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        shell.getOutputStream().close();
        if (!shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            shell.destroyForcibly();
            throw new AssertionError("no end of " + command + ", until then:\n" + Files.readString(said));
        }
        return Files.readString(said);
    }

    /** Types a command again and again until it says something. */
    String typeUntil(String command, String expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String said = "";
        while (System.nanoTime() - end < 0) {
            said = type(command);
            if (said.contains(expected)) {
                return said;
            }
            Thread.sleep(200);
        }
        throw new AssertionError(command + " never said \"" + expected + "\", at last:\n" + said);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
