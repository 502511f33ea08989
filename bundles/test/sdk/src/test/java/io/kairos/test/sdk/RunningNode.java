package io.kairos.test.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The finished distribution in production mode, and somebody who types at its console. */
final class RunningNode implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Process process;
    private final OutputStream keyboard;
    private final LinkedBlockingQueue<String> screen = new LinkedBlockingQueue<>();
    private int commands;

    /** Unpacks the distribution and starts it; nothing of it listens on a port that others may use. */
    RunningNode(Path archive, Path folder, int sshPort) throws IOException, InterruptedException {
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
        ProcessBuilder builder = new ProcessBuilder(folder.resolve("bin/kairos").toString(), "console");
        builder.environment().put("TERM", "dumb");
        builder.environment().remove("KAIROS_HOME");
        process = builder.redirectErrorStream(true).start();
        keyboard = process.getOutputStream();
        Thread reader = new Thread(this::read, "console");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                screen.add(line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", ""));
            }
        } catch (IOException e) {
            // the node has ended
        }
    }

    /** Types a command and reads what it says. */
    String type(String command) throws IOException, InterruptedException {
        String marker = "end-of-command-" + ++commands;
        keyboard.write((command + "\n" + "echo " + marker + "\n").getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        StringBuilder said = new StringBuilder();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            String line = screen.poll(1, TimeUnit.SECONDS);
            // the prompt may come first, and what is typed is echoed
            if (line != null && line.strip().endsWith(marker) && !line.contains("echo ")) {
                return said.toString();
            }
            if (line != null) {
                said.append(line).append('\n');
            } else if (!process.isAlive()) {
                break;
            }
        }
        throw new AssertionError("no answer to " + command + "; the screen shows:\n" + said);
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
