package io.kairos.test.demo;

import io.kairos.test.interop.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Sends commands to the control port of a node. */
final class ControlClient implements AutoCloseable {

    private final Socket socket;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Map<?, ?>>> waiting = new ConcurrentHashMap<>();

    ControlClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        Thread reader = new Thread(this::read, "demo-control-" + port);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command; the answer comes later, or a {@link DemoFailure}. */
    CompletableFuture<Map<?, ?>> start(String command, Object... namesAndValues) {
        long id = numbers.incrementAndGet();
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("id", id);
        request.put("do", command);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            request.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            synchronized (socket) {
                socket.getOutputStream().write((Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            answer.completeExceptionally(new DemoFailure("the node does not take commands any more", e));
        }
        return answer;
    }

    /** Runs a command and gives its answer. */
    Map<?, ?> call(Duration patience, String command, Object... namesAndValues) {
        return await(start(command, namesAndValues), patience, command);
    }

    static Map<?, ?> await(CompletableFuture<Map<?, ?>> answer, Duration patience, String command) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new DemoFailure(e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new DemoFailure(command + ": no answer within " + patience.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("interrupted", e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<?, ?> answer = (Map<?, ?>) Json.read(line);
                CompletableFuture<Map<?, ?>> waiter = waiting.remove(answer.get("id"));
                if (waiter == null) {
                    continue;
                }
                if (Boolean.TRUE.equals(answer.get("ok"))) {
                    waiter.complete(answer);
                } else {
                    waiter.completeExceptionally(new DemoFailure(String.valueOf(answer.get("error"))));
                }
            }
        } catch (IOException e) {
            // the node has gone; whoever waits is told below
        }
        waiting.values().forEach(waiter -> waiter.completeExceptionally(new DemoFailure("the node has ended")));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed one way or the other
        }
    }
}
