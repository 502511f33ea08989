package io.kairos.test.container;

import static org.junit.Assert.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code PeerProgram} in a process of its own, which no update in the container can touch, and the line on which it takes
 * orders. Names no type of the node, so that a test which uses it alone is wired to nothing that it replaces.
 */
final class PeerLine implements AutoCloseable {

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    /** @param arguments of the program */
    PeerLine(String... arguments) throws IOException {
        Path target = Path.of(System.getProperty("kairos.target"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        command.add("-cp");
        command.add(target.resolve("test-classes")
                + File.pathSeparator
                + Files.readString(target.resolve("peer.classpath")).strip());
        command.add("io.kairos.test.container.peer.PeerProgram");
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command)
                .redirectError(target.resolve(arguments[0].equals("udp") ? "peer.log" : "peer-" + arguments[0] + ".log")
                        .toFile())
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What the program answers behind {@code ok}. */
    String order(String order) throws IOException {
        orders.println(order);
        String answer = answers.readLine();
        assertTrue(order + ": " + answer, answer != null && answer.startsWith("ok "));
        return answer.substring(3);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
