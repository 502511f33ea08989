package io.kairos.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.Counterpart;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's tinyproxy between a client and a server with TLS of its own. */
class ProxyCounterpartTest {

    private static final Map<String, Object> PASSWORD = Map.of("proxy.user", "kim", "proxy.password", "open-sesame");

    @TempDir
    static Path folder;

    private static Certificates certificates;

    private final int proxyPort = Scene.freePort();
    private final int port = Scene.freePort();
    private final RealTime time = new RealTime();
    private final ManualClock clock = new ManualClock();
    private final RecordingSink serverCore = new RecordingSink();
    private Process proxy;
    private MeshInterface server;
    private MeshInterface client;

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException, GeneralSecurityException {
        Counterpart.program("tinyproxy", "tinyproxy-bin");
        certificates = Certificates.make(folder);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
        time.close();
        if (proxy != null) {
            proxy.destroyForcibly(); // it may be stopped
            assertTrue(proxy.waitFor(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void packetsPassThroughAProxyThatWantsAPassword() throws IOException {
        proxy("BasicAuth kim open-sesame", "ConnectPort " + port);
        serve();
        call(PASSWORD, time, time);
        awaitPair();

        RecordingSink inbox = serverCore.children().values().iterator().next();
        byte[] there = new byte[8_000];
        there[0] = 1;
        client.send(ByteBuffer.wrap(there.clone()));
        client.flush();
        WaitFor.condition("it arrives", () -> inbox.count() == 1);
        assertArrayEquals(there, inbox.packets().get(0));

        RecordingSink clientCore = new RecordingSink();
        client.attach(clientCore);
        MeshInterface neighbour = serverCore.children().keySet().iterator().next();
        neighbour.send(ByteBuffer.wrap(new byte[] {7, 8}));
        neighbour.flush();
        WaitFor.condition("it comes back", () -> clientCore.count() == 1);
        String log = Files.readString(folder.resolve("tinyproxy.log"));
        assertTrue(log.contains("CONNECT localhost:" + port), log);
        assertFalse(log.contains(Scene.SECRET), "the proxy sees the path");
    }

    @Test
    void aProxyThatWantsAPasswordSaysSo() throws IOException {
        proxy("BasicAuth kim other", "ConnectPort " + port);
        serve();
        call(Map.of(), time, time);
        Failure missing = failure();
        assertEquals("The proxy wants to know who asks (status 407)", missing.message());
        assertTrue(missing.remedy().startsWith("Set proxy.user and proxy.password."), missing.remedy());
        client.close();

        call(PASSWORD, time, time);
        Failure wrong = failure();
        assertTrue(
                wrong.message().startsWith("The proxy does not take this user and password (status 40"),
                () -> wrong.message());
        assertFalse((wrong.message() + wrong.remedy()).contains("sesame"));
    }

    @Test
    void aPortThatTheProxyRefusesIsTold() throws IOException {
        proxy("ConnectPort 443");
        serve();
        call(Map.of(), time, time);

        Failure why = failure();
        assertEquals("The proxy does not let this connection through (status 403)", why.message());
        assertTrue(why.remedy().contains("port 443"), why.remedy());
    }

    @Test
    void aPeerThatTheProxyDoesNotReachIsTold() throws IOException {
        proxy("ConnectPort " + port);
        call(Map.of(), time, time);

        assertTrue(failure().message().startsWith("The proxy does not reach the peer (status 5"), failure()::message);
    }

    @Test
    void aProxyThatStandsStillIsNoticedAndTheConnectionComesBack() throws IOException, InterruptedException {
        proxy("ConnectPort " + port);
        serve();
        call(Map.of(), clock, clock);
        awaitPair();

        signal("STOP");
        WaitFor.condition("the client notices", () -> {
            clock.advance(Duration.ofSeconds(1));
            return client.status().failure().isPresent();
        });
        assertTrue(failure().message().startsWith("Nothing has come for "), failure()::message);

        signal("CONT");
        WaitFor.condition("it comes back", () -> {
            if (client.status().state() == InterfaceState.DOWN) {
                clock.advance(Duration.ofSeconds(1)); // the pause before the next attempt
            }
            return client.status().isUp();
        });
    }

    // ---- helpers ----

    private void proxy(String... settings) throws IOException {
        Path config = Files.writeString(folder.resolve("tinyproxy.conf"), """
                Port %d
                Listen 127.0.0.1
                Timeout 600
                LogFile "%s/tinyproxy.log"
                LogLevel Connect
                PidFile "%s/tinyproxy.pid"
                MaxClients 20
                Allow 127.0.0.1
                %s
                """.formatted(
                        proxyPort, folder, folder, String.join("\n", settings)));
        String program = Counterpart.program("tinyproxy", "tinyproxy-bin").toString();
        proxy = new ProcessBuilder(program, "-d", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        WaitFor.condition("tinyproxy listens", () -> {
            try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), proxyPort)) {
                return socket.isConnected();
            } catch (IOException e) {
                assertTrue(proxy.isAlive(), "tinyproxy has ended");
                return false;
            }
        });
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + proxy.pid()).start();
        assertEquals(0, kill.waitFor());
    }

    private void serve() {
        Settings settings = Scene.server(port)
                .with(Map.of(
                        "tls.certificate.file", certificates.chain("server").toString(),
                        "tls.key.file", certificates.key("server").toString()));
        server = new WebSocketServerInterface(settings.as(WebSocketServerConfig.class), settings.map(), time, time);
        server.attach(serverCore);
        WaitFor.condition("the server has begun", () -> server.status().isUp());
    }

    private void call(Map<String, Object> extra, Clock clientClock, Timers clientTimers) {
        Settings settings = Scene.client(port)
                .with(Map.of(
                        "peer.url",
                        "wss://localhost:" + port + Scene.SECRET,
                        "certificate.file",
                        certificates.authority().toString(),
                        "proxy.host",
                        "127.0.0.1",
                        "proxy.port",
                        proxyPort))
                .with(extra);
        client = new WebSocketClientInterface(
                settings.as(WebSocketClientConfig.class), settings.map(), clientClock, clientTimers);
    }

    private void awaitPair() {
        WaitFor.condition(
                "connected",
                () -> client.status().isUp() && serverCore.children().size() == 1);
    }

    private Failure failure() {
        return WaitFor.value("it is down", () -> client.status().failure());
    }
}
