package io.kairos.admin.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics} over HTTP, nothing else. Two readers at a time; a few more wait, the others are sent away. What a reader
 * sends is thrown away, and how long one may take is set for the whole process ({@code sun.net.httpserver} in
 * {@code etc/system.properties}). Threads: {@link #close} from any.
 */
final class MetricsDoor implements AutoCloseable {

    private static final int READERS = 2;
    private static final int WAITING = 8;
    private static final String BEARER = "Bearer ";

    private final byte[] authorization; // what a reader has to send; empty for nothing
    private final Supplier<String> page;
    private final HttpServer server;
    private final ThreadPoolExecutor readers;

    private MetricsDoor(HttpServer server, String token, Supplier<String> page) {
        this.server = server;
        this.authorization = (token.isEmpty() ? "" : BEARER + token).getBytes(StandardCharsets.UTF_8);
        this.page = page;
        AtomicInteger number = new AtomicInteger();
        this.readers = new ThreadPoolExecutor(
                READERS,
                READERS,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> new Thread(task, "kairos-metrics-" + number.incrementAndGet()),
                new ThreadPoolExecutor.AbortPolicy());
        readers.allowCoreThreadTimeOut(true);
    }

    /** @throws MeshException that says why the port cannot be used */
    static MetricsDoor open(MetricsSettings settings, Supplier<String> page) {
        HttpServer server;
        try {
            server = HttpServer.create(settings.address(), WAITING);
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.NETWORK,
                    "the metrics page cannot listen on " + settings + ": " + e.getMessage(),
                    "Another program may have the port: choose another listen.port in etc/io.kairos.admin.metrics.cfg.",
                    e);
        }
        MetricsDoor door = new MetricsDoor(server, settings.token(), page);
        server.setExecutor(door.readers);
        server.createContext("/", door::answer);
        server.start();
        return door;
    }

    /** The port it listens on. */
    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals("/metrics")) {
                say(exchange, 404, "Numbers about this node are at /metrics.\n");
            } else if (!isAllowed(exchange)) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
                say(exchange, 401, "Send the token of etc/io.kairos.admin.metrics.cfg: Authorization: Bearer TOKEN\n");
            } else if (!exchange.getRequestMethod().equals("GET")
                    && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                say(exchange, 405, "Only GET and HEAD.\n");
            } else {
                exchange.getResponseHeaders().set("Content-Type", OpenMetricsPage.CONTENT_TYPE);
                send(exchange, 200, page.get());
            }
        }
    }

    private boolean isAllowed(HttpExchange exchange) {
        if (authorization.length == 0) {
            return true;
        }
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization);
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, status, text);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Connection", "close"); // a reader that waits keeps no connection
        exchange.sendResponseHeaders(status, headOnly ? -1 : body.length);
        if (!headOnly) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        readers.shutdownNow();
    }
}
