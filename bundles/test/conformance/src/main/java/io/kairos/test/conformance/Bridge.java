package io.kairos.test.conformance;

import io.kairos.test.interop.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one request a line, runs it, writes one answer a line; ends with its input.
 *
 * <p>Threads: commands run on the thread of {@link #serve}, one at a time; what the node does goes on beside them.
 */
public final class Bridge {

    private final Commands commands;
    private final PrintStream out;

    Bridge(Commands commands, PrintStream out) {
        this.commands = commands;
        this.out = out;
    }

    /** Speaks on standard input and output; whatever else prints goes to standard error. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Nodes nodes = new Nodes();
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            new Bridge(Commands.all(nodes), answers).serve(in);
        } finally {
            nodes.close();
        }
        System.exit(0); // a thread of the stack that hangs must not keep the suite waiting
    }

    void serve(BufferedReader in) throws IOException {
        out.println("READY");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                out.println(Json.write(answer(line)));
            }
        }
    }

    /** One answer; also a programming error is an answer, because silence would look like a hang. */
    Map<String, Object> answer(String line) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", null);
        try {
            Parameters request = new Parameters((Map<?, ?>) Json.read(line));
            answer.put("id", request.value("id"));
            Object given = request.value("params");
            Parameters parameters = new Parameters(given == null ? Map.of() : (Map<?, ?>) given);
            Object result = Answer.plain(commands.run(request.text("command"), parameters));
            answer.put("success", true);
            answer.put("result", result);
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            answer.put("success", false);
            answer.put("error", e.getClass().getSimpleName() + ": " + e.getMessage());
            if (Boolean.getBoolean("kairos.bridge.traces")) {
                e.printStackTrace();
            }
        }
        return answer;
    }
}
