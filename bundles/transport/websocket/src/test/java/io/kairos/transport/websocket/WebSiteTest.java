package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as strangers see it, and with TLS of its own; the Java runtime's client plays the browser. */
class WebSiteTest {

    @TempDir
    static Path folder;

    private static Certificates certificates;

    private final RealTime time = new RealTime();
    private final int port = Scene.freePort();
    private final List<MeshInterface> opened = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException, GeneralSecurityException {
        certificates = Certificates.make(folder);
    }

    @AfterEach
    void end() {
        opened.forEach(MeshInterface::close);
        time.close();
    }

    @Test
    void theSecretPathLooksLikeAnyPageThatDoesNotExist() throws IOException, InterruptedException {
        server(Map.of());
        HttpClient browser = HttpClient.newHttpClient();

        HttpResponse<String> first = get(browser, "http://127.0.0.1:" + port + "/");
        HttpResponse<String> unknown = get(browser, "http://127.0.0.1:" + port + "/unknown");
        HttpResponse<String> secret = get(browser, "http://127.0.0.1:" + port + Scene.SECRET);

        assertEquals(200, first.statusCode());
        assertTrue(first.body().contains("Welcome"));
        assertEquals(404, unknown.statusCode());
        assertEquals(told(unknown), told(secret));
    }

    @Test
    void whateverIsAskedForTheSecretPathIsAnsweredAsForAnother() throws IOException {
        server(Map.of());
        String complete = "Host: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        String wrong = "/" + "f".repeat(Scene.SECRET.length() - 1);
        for (String rest : List.of(
                " HTTP/1.1\r\nHost: a\r\n\r\n",
                " HTTP/1.1\r\n\r\n",
                " HTTP/1.0\r\n\r\n",
                " HTTP/9\r\n\r\n",
                "?a=b HTTP/1.1\r\nHost: a\r\n\r\n",
                "/ HTTP/1.1\r\n" + complete + "\r\n",
                " HTTP/1.0\r\n" + complete + "\r\n",
                " HTTP/1.1\r\n" + complete.replace("13", "8") + "\r\n",
                " HTTP/1.1\r\n" + complete.replace("Upgrade: websocket\r\n", "") + "\r\n",
                " HTTP/1.1\r\n" + complete.replace("dGhl", "") + "\r\n",
                " HTTP/1.1\r\n" + complete + "Bad header\r\n\r\n")) {
            for (String method : List.of("GET ", "HEAD ", "POST ", "OPTIONS ")) {
                boolean isKey = rest.equals(" HTTP/1.1\r\n" + complete + "\r\n");
                assertTrue(!isKey);
                assertEquals(raw(method + wrong + rest), raw(method + Scene.SECRET + rest), method + rest);
            }
        }
        assertTrue(
                raw("GET " + Scene.SECRET + " HTTP/1.1\r\n" + complete + "\r\n").startsWith("HTTP/1.1 101 "));
        assertTrue(raw("GET " + wrong + " HTTP/1.1\r\n" + complete + "\r\n").startsWith("HTTP/1.1 404 "));
    }

    @Test
    void whoDawdlesKeepsNobodyOut() throws IOException, InterruptedException {
        server(Map.of());
        List<Socket> dawdlers = new ArrayList<>();
        try {
            for (int i = 0; i < ServerDoor.MOST_VISITORS + 10; i++) {
                Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
                dawdlers.add(socket);
                socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(
                    200,
                    get(HttpClient.newHttpClient(), "http://127.0.0.1:" + port + "/")
                            .statusCode());
            dawdlers.get(0).setSoTimeout(10_000);
            assertEquals(-1, dawdlers.get(0).getInputStream().read(), "the first one had to go");
        } finally {
            for (Socket each : dawdlers) {
                each.close();
            }
        }
    }

    @Test
    void peersBeyondTheMostAreHungUpOn() {
        MeshInterface server = server(Map.of("maximum.connections", 1));
        RecordingSink core = new RecordingSink();
        server.attach(core);
        client("one", Map.of());
        WaitFor.condition("the first is there", () -> core.children().size() == 1);

        MeshInterface second = client("two", Map.of());
        WaitFor.condition("the second is down", () -> second.status().state() == InterfaceState.DOWN);
        assertEquals(1, core.children().size());
    }

    @Test
    void packetsTravelOverTlsOfItsOwnAndBrowsersSeeThePage()
            throws IOException, InterruptedException, GeneralSecurityException {
        MeshInterface server = server(tls("server"));
        RecordingSink core = new RecordingSink();
        server.attach(core);
        MeshInterface client = client("cli", secure("localhost"));
        WaitFor.condition(
                "up: " + client.status(),
                () -> client.status().isUp() && core.children().size() == 1);

        byte[] packet = new byte[8_000];
        client.send(ByteBuffer.wrap(packet));
        client.flush();
        RecordingSink inbox = core.children().values().iterator().next();
        WaitFor.condition("it arrives", () -> inbox.count() == 1);

        HttpClient browser = HttpClient.newBuilder().sslContext(trusting()).build();
        HttpResponse<String> page = get(browser, "https://localhost:" + port + "/");
        assertEquals(200, page.statusCode());
        assertEquals("TLSv1.3", page.sslSession().orElseThrow().getProtocol());
        assertThrows(
                SSLHandshakeException.class, () -> get(HttpClient.newHttpClient(), "https://localhost:" + port + "/"));
    }

    @Test
    void aCertificateThatNobodyTrustsIsRefused() {
        server(tls("server"));

        MeshInterface client = client("cli", Map.of("peer.url", "wss://localhost:" + port + Scene.SECRET));

        assertFails("The server's certificate is not trusted", client);
    }

    @Test
    void aCertificateForAnotherNameIsRefused() {
        server(tls("other"));

        assertFails("The server's certificate is for another name", client("cli", secure("localhost")));
    }

    @Test
    void theServersOwnCertificateMayBeTrustedAlone() {
        server(tls("server"));
        Map<String, Object> pinned = Map.of(
                "peer.url",
                "wss://localhost:" + port + Scene.SECRET,
                "certificate.file",
                certificates.chain("server").toString());

        MeshInterface client = client("cli", pinned);

        WaitFor.condition("up", () -> client.status().isUp());
    }

    @Test
    void filesThatAreNoCertificatesAreTold() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        MeshInterface server = server(Map.of(
                "tls.certificate.file", certificates.chain("server").toString(),
                "tls.key.file", empty.toString()));

        assertFails("tls.key.file has no key that can be read", server);
    }

    @Test
    void aRenewedCertificateIsUsedWithoutARestart() throws IOException, InterruptedException {
        Path chain = Files.copy(
                certificates.chain("other"), folder.resolve("live.pem"), StandardCopyOption.REPLACE_EXISTING);
        Path key =
                Files.copy(certificates.key("other"), folder.resolve("live.key"), StandardCopyOption.REPLACE_EXISTING);
        ManualClock clock = new ManualClock();
        ServerCertificate certificate = new ServerCertificate(chain, key, clock);
        SSLContext before = certificate.context();

        Files.copy(certificates.chain("server"), chain, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(chain, FileTime.fromMillis(1));
        clock.advance(Duration.ofSeconds(31));
        assertEquals(before, certificate.context(), "certificate and key do not belong together yet");

        Files.copy(certificates.key("server"), key, StandardCopyOption.REPLACE_EXISTING);
        clock.advance(Duration.ofSeconds(31));
        assertTrue(before != certificate.context());
    }

    @Test
    void aPlainSiteIsNotTakenForAPeer() {
        server(Map.of());
        MeshInterface client = client("cli", Map.of("peer.url", "ws://127.0.0.1:" + port + "/wrong/0123456789abcdef"));

        assertFails("The web site does not know the path (status 404)", client);
    }

    // ---- helpers ----

    private MeshInterface server(Map<String, Object> extra) {
        Settings settings = Scene.server(port).with(extra);
        MeshInterface server =
                new WebSocketServerInterface(settings.as(WebSocketServerConfig.class), settings.map(), time, time);
        opened.add(server);
        WaitFor.condition(
                "the server has begun",
                () -> server.status().isUp() || server.status().state() == InterfaceState.DOWN);
        return server;
    }

    private MeshInterface client(String name, Map<String, Object> extra) {
        Settings settings =
                Scene.client(port).with(Map.of("interface.name", name)).with(extra);
        MeshInterface client =
                new WebSocketClientInterface(settings.as(WebSocketClientConfig.class), settings.map(), time, time);
        opened.add(client);
        return client;
    }

    private static Map<String, Object> tls(String name) {
        return Map.of(
                "tls.certificate.file", certificates.chain(name).toString(),
                "tls.key.file", certificates.key(name).toString());
    }

    private Map<String, Object> secure(String host) {
        return Map.of(
                "peer.url",
                "wss://" + host + ":" + port + Scene.SECRET,
                "certificate.file",
                certificates.authority().toString());
    }

    private static void assertFails(String message, MeshInterface medium) {
        WaitFor.condition("it is down", () -> medium.status().failure().isPresent());
        assertEquals(message, medium.status().failure().orElseThrow().message());
    }

    private static SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificates.authority())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> get(HttpClient browser, String url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that could tell two pages apart, without the time. */
    private static String told(HttpResponse<String> answer) {
        List<String> fields = new ArrayList<>(answer.headers().map().keySet());
        return answer.statusCode() + " " + answer.version() + " " + fields + " "
                + answer.headers().map().entrySet().stream()
                        .filter(field -> !field.getKey().equalsIgnoreCase("date"))
                        .toList()
                + " " + answer.body();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.replaceFirst("\r\nDate: [^\r]*", "");
        }
    }
}
