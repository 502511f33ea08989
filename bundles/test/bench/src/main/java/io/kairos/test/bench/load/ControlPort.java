package io.kairos.test.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the control bundle of the interoperability tests how many paths a Kairos node knows. */
final class ControlPort implements AutoCloseable {

    private static final Pattern PATHS = Pattern.compile("\"paths\":\\s*(\\d+)");

    private final Socket socket;
    private final BufferedReader answers;

    ControlPort(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    long paths() throws IOException {
        socket.getOutputStream().write("{\"id\":1,\"do\":\"status\"}\n".getBytes(StandardCharsets.UTF_8));
        String answer = answers.readLine();
        Matcher found = PATHS.matcher(String.valueOf(answer));
        if (!found.find()) {
            throw new IOException("the control port does not tell the paths: " + answer);
        }
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
