package io.kairos.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Finding;
import io.kairos.api.health.Metric;
import io.kairos.test.kit.ManualClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MetricsComponentTest {

    private static final String TOKEN = "0123456789abcdef";

    private final ManualClock clock = new ManualClock();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();
    private MetricsComponent component = component("");

    @AfterEach
    void close() {
        component.close();
    }

    @Test
    void everySourceIsAskedWhenThePageIsRead() throws Exception {
        component.addSource(() -> List.of(gauge("kairos_a", 1)));
        component.addSource(() -> {
            throw new IllegalStateException("a plugin with a fault");
        });
        component.open();
        component.addSource(() -> List.of(gauge("kairos_b", 2)));

        HttpResponse<String> response = get("/metrics");

        assertEquals(200, response.statusCode());
        assertEquals(
                OpenMetricsPage.CONTENT_TYPE,
                response.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(response.body().contains("\nkairos_a 1\n") && response.body().contains("\nkairos_b 2\n"));
        assertEquals(Finding.Severity.OK, finding().severity());
    }

    @Test
    void nothingElseIsThere() throws Exception {
        component.open();

        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/metrics/../../etc/passwd").statusCode());
        assertEquals(
                405,
                send(request("/metrics").POST(HttpRequest.BodyPublishers.ofString("x")))
                        .statusCode());
        HttpResponse<String> head = send(request("/metrics").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
    }

    @Test
    void whereThereIsATokenItIsAskedFor() throws Exception {
        component = component(TOKEN);
        component.open();

        assertEquals(401, get("/metrics").statusCode());
        assertEquals(
                401,
                send(request("/metrics").header("Authorization", "Bearer " + TOKEN + "x"))
                        .statusCode());
        assertEquals(
                200,
                send(request("/metrics").header("Authorization", "Bearer " + TOKEN))
                        .statusCode());
    }

    @Test
    void aPortThatIsTakenIsTriedAgain() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            component.open();
            assertEquals(Finding.Severity.WARNING, finding().severity());
            assertTrue(
                    finding().message().contains("127.0.0.1:" + other.getLocalPort()),
                    finding().message());
        }

        clock.advance(MetricsComponent.RETRY);

        assertEquals(Finding.Severity.OK, finding().severity());
        assertEquals(200, get("/metrics").statusCode());
    }

    @Test
    void settingsChangeWhileItRuns() throws Exception {
        component.open();
        assertEquals(200, get("/metrics").statusCode());

        component.modified(MetricsSettingsTest.config("0.0.0.0", port, ""));
        assertEquals(Finding.Severity.WARNING, finding().severity());
        Assertions.assertThrows(ConnectException.class, () -> get("/metrics"));

        component.modified(MetricsSettingsTest.config("127.0.0.1", port, ""));
        assertEquals(200, get("/metrics").statusCode());
    }

    @Test
    void whatIsClosedStaysClosed() {
        component.open();
        component.close();
        clock.advance(MetricsComponent.RETRY);

        Assertions.assertThrows(ConnectException.class, () -> get("/metrics"));
    }

    private MetricsComponent component(String token) {
        return new MetricsComponent(MetricsSettingsTest.config("127.0.0.1", port, token), clock);
    }

    private Finding finding() {
        return component.examine().get(0);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Metric gauge(String name, double value) {
        return OpenMetricsPageTest.gauge(name, Map.of(), value);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
