package io.kairos.test.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands as JSON lines on a loopback port and runs each on a thread of its own. */
final class ControlServer implements AutoCloseable {

    /** What a command does. */
    @FunctionalInterface
    interface Command {
        Map<String, Object> run(Arguments in) throws Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Map<String, Command> commands;
    private final ExecutorService executor;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    ControlServer(int port, Map<String, Command> commands, ExecutorService executor) throws IOException {
        this.commands = commands;
        this.executor = executor;
        this.server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        executor.execute(this::accept);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                executor.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException e) {
                LOG.debug("control port: {}", e.getMessage());
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String command = line;
                executor.execute(() -> answer(command, connection));
            }
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("control connection: {}", e.getMessage());
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(String line, Socket connection) {
        Map<String, Object> answer = new LinkedHashMap<>();
        try {
            Map<?, ?> request = (Map<?, ?>) Json.read(line);
            answer.put("id", request.get("id"));
            Command command = commands.get(String.valueOf(request.get("do")));
            if (command == null) {
                throw new IllegalArgumentException("there is no command " + request.get("do"));
            }
            answer.put("ok", true);
            answer.putAll(command.run(new Arguments(request)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return; // the bundle stops
        } catch (Exception e) { // whatever it is, the driver wants to read it in its table
            LOG.warn("command failed", e);
            answer.put("ok", false);
            answer.put("error", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
        byte[] bytes = (Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream out = connection.getOutputStream();
            synchronized (connection) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            LOG.debug("nobody waits for the answer: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            LOG.debug("closing the control port: {}", e.getMessage());
        }
    }
}
