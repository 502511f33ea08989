package io.kairos.test.container;

import static org.junit.Assert.assertTrue;

import io.kairos.api.packet.DestinationHash;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The other end of the link: {@code PeerProgram} in a process of its own, which no update in the container can touch. */
final class PeerProcess implements AutoCloseable {

    /** What became of the questions asked so far. */
    record Asked(long sent, long answered, long longestMillis, String state, String lost) {}

    private static final Pattern ASKED =
            Pattern.compile("sent=(\\d+) answered=(\\d+) longest=(\\d+) state=(\\w+) lost=(.*)");

    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    PeerProcess(int listenPort, int forwardPort) throws IOException {
        Path target = Path.of(System.getProperty("kairos.target"));
        String classPath = target.resolve("test-classes")
                + File.pathSeparator
                + Files.readString(target.resolve("peer.classpath")).strip();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        "io.kairos.test.container.peer.PeerProgram",
                        Integer.toString(listenPort),
                        Integer.toString(forwardPort))
                .redirectError(target.resolve("peer.log").toFile())
                .start();
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Announces the peer's own destination; what it answers links with. */
    DestinationHash announce() throws IOException {
        return DestinationHash.parse(order("announce"));
    }

    void connect(DestinationHash to) throws IOException {
        order("connect " + to.toHex());
    }

    void ask(String path) throws IOException {
        order("ask " + path);
    }

    Asked asked() throws IOException {
        return read(order("asked"));
    }

    Asked halt() throws IOException {
        return read(order("halt"));
    }

    private static Asked read(String text) {
        Matcher words = ASKED.matcher(text);
        assertTrue(text, words.matches());
        return new Asked(
                Long.parseLong(words.group(1)),
                Long.parseLong(words.group(2)),
                Long.parseLong(words.group(3)),
                words.group(4),
                words.group(5));
    }

    private String order(String order) throws IOException {
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
