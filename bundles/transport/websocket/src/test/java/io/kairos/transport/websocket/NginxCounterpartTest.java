package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's nginx in front, as docs/operate/web-disguise.md sets it up; TLS is nginx's. */
class NginxCounterpartTest {

    /** The part of the page in the documentation that decides; the test reads it from there. */
    private static final Path PAGE = Path.of("../../../docs/operate/web-disguise.md");

    @TempDir
    Path folder;

    private final int httpsPort = Scene.freePort();
    private final int nodePort = Scene.freePort();
    private final RealTime time = new RealTime();
    private Certificates certificates;
    private Process nginx;
    private MeshInterface server;
    private MeshInterface client;
    private final RecordingSink serverCore = new RecordingSink();
    private final RecordingSink clientCore = new RecordingSink();

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        Path program = Counterpart.program("nginx", "nginx-light");
        certificates = Certificates.make(folder);
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(folder.resolve("site/index.html"), "<p>a choir's site</p>");
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user root;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log;
                events { }
                http {
                    access_log %1$s/access.log;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                %2$s
                }
                """.formatted(folder, documented()));
        nginx = startNginx(program);
        Settings settings = Scene.server(nodePort);
        server = new WebSocketServerInterface(settings.as(WebSocketServerConfig.class), settings.map(), time, time);
        server.attach(serverCore);
        Settings calling = Scene.client(httpsPort)
                .with(Map.of(
                        "peer.url",
                        "wss://localhost:" + httpsPort + Scene.SECRET,
                        "certificate.file",
                        certificates.authority().toString()));
        client = new WebSocketClientInterface(calling.as(WebSocketClientConfig.class), calling.map(), time, time);
        client.attach(clientCore);
    }

    /** The example of the documentation with ports, names and files of this test. */
    private String documented() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf("server {");
        String example = page.substring(from, page.indexOf("\n```", from));
        return example.replace("listen 443 ssl;", "listen 127.0.0.1:" + httpsPort + " ssl;")
                .replace("listen [::]:443 ssl;", "")
                .replace("example.org", "localhost")
                .replace(
                        "/etc/letsencrypt/live/localhost/fullchain.pem",
                        certificates.chain("server").toString())
                .replace(
                        "/etc/letsencrypt/live/localhost/privkey.pem",
                        certificates.key("server").toString())
                .replace("/var/www/html", folder.resolve("site").toString())
                .replace("/THE-SECRET-PATH", Scene.SECRET)
                .replace("127.0.0.1:8480", "127.0.0.1:" + nodePort);
    }

    private Process startNginx(Path program) throws IOException {
        Process started = new ProcessBuilder(program.toString(), "-p", folder.toString(), "-c", folder + "/nginx.conf")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        WaitFor.condition("nginx listens", () -> {
            if (!started.isAlive()) {
                throw new AssertionError(read("output.log"));
            }
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), httpsPort)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
        return started;
    }

    @AfterEach
    void end() throws InterruptedException {
        if (client != null) {
            client.close();
            server.close();
        }
        time.close();
        stopNginx();
    }

    private void stopNginx() throws InterruptedException {
        if (nginx != null) {
            nginx.destroy();
            assertTrue(nginx.waitFor(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void packetsPassInBothDirectionsAndTheConnectionComesBack() throws IOException, InterruptedException {
        awaitPair();
        exchange(client, neighbourInbox());
        exchange(neighbour(), clientCore);

        stopNginx();
        WaitFor.condition("the client notices", () -> !client.status().isUp());
        WaitFor.condition("the neighbour is gone", () -> serverCore.children().isEmpty());
        nginx = startNginx(Counterpart.program("nginx", "nginx-light"));
        awaitPair();
        exchange(client, neighbourInbox());
        assertTrue(!read("access.log").contains(Scene.SECRET), "the path is in the log");
    }

    @Test
    void strangersCannotTellTheSecretPathFromAnother() throws IOException {
        awaitPair();
        assertTrue(ask("GET", "/", "").contains("a choir's site"));
        for (boolean nodeRuns : new boolean[] {true, false}) {
            for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "PUT")) {
                for (String fields : List.of("", "Upgrade: websocket\r\nConnection: Upgrade\r\n", "Upgrade: h2c\r\n")) {
                    String unknown = ask(method, "/" + "f".repeat(Scene.SECRET.length() - 1), fields);
                    assertTrue(unknown.startsWith("HTTP/1.1 4"), unknown);
                    assertEquals(unknown, ask(method, Scene.SECRET, fields), method + " " + fields + nodeRuns);
                }
            }
            server.close();
        }
        WaitFor.condition("the client is down", () -> !client.status().isUp());
    }

    private void awaitPair() {
        WaitFor.condition(
                "connected, " + client.status(),
                () -> client.status().isUp() && serverCore.children().size() == 1);
    }

    private MeshInterface neighbour() {
        return serverCore.children().keySet().iterator().next();
    }

    private RecordingSink neighbourInbox() {
        return serverCore.children().values().iterator().next();
    }

    private static void exchange(MeshInterface from, RecordingSink to) {
        Random random = new Random(7);
        int before = to.count();
        byte[][] packets = new byte[200][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new byte[1 + random.nextInt(500)];
            random.nextBytes(packets[i]);
            from.send(ByteBuffer.wrap(packets[i].clone()));
        }
        from.flush();
        WaitFor.condition("all arrive", () -> to.count() >= before + packets.length);
        for (int i = 0; i < packets.length; i++) {
            assertArrayEquals(packets[i], to.packets().get(before + i));
        }
    }

    /** What a stranger gets, without the time. */
    private String ask(String method, String path, String fields) throws IOException {
        Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), httpsPort);
        try (SSLSocket socket = Tls.client(plain, "localhost", httpsPort, Optional.of(certificates.authority()))) {
            socket.setSoTimeout(10_000);
            String connection = fields.contains("Connection") ? "" : "Connection: close\r\n";
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + connection + fields + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            HeadReader reader = new HeadReader(socket.getInputStream());
            HttpHead head = reader.next().orElseThrow();
            StringBuilder told = new StringBuilder(head.first());
            head.fields().stream()
                    .filter(field -> !field.name().equals("date"))
                    .forEach(field -> told.append('\n').append(field));
            if (!method.equals("HEAD")) {
                int length = Integer.parseInt(head.one("content-length").orElse("0"));
                byte[] rest = reader.rest();
                byte[] body = Arrays.copyOf(rest, Math.max(length, rest.length));
                socket.getInputStream().readNBytes(body, rest.length, body.length - rest.length);
                told.append('\n').append(new String(body, StandardCharsets.UTF_8));
            }
            return told.toString();
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
