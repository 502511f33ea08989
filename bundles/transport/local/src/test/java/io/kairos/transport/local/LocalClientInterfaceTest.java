package io.kairos.transport.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding.Severity;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.framing.Hdlc;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClientInterfaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    private final RealTime time = new RealTime();
    private final RecordingSink sink = new RecordingSink();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final int port = LocalContractTest.freePort();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    private LocalClientInterface open(Timers timers, Object... more) {
        Settings settings = Settings.of("interface.name", "rnsd", "peer.port", port);
        for (int i = 0; i < more.length; i += 2) {
            settings = settings.with(Map.of((String) more[i], more[i + 1]));
        }
        LocalClientInterface made =
                new LocalClientInterface(settings.as(LocalClientConfig.class), settings.map(), timers);
        opened.add(made);
        made.attach(sink);
        return made;
    }

    private ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        server.setSoTimeout((int) PATIENCE.toMillis());
        opened.add(server);
        return server;
    }

    private static void await(MeshInterface made, InterfaceState wanted) {
        WaitFor.condition(
                "it is " + wanted + ": " + made.status(),
                PATIENCE,
                () -> made.status().state() == wanted);
    }

    @Test
    void sendsAndTakesFramesAsEveryProgram() throws IOException {
        LocalClientInterface made;
        byte[] packet = new byte[64];
        Arrays.fill(packet, (byte) 0x7e);
        try (ServerSocket server = listen()) {
            made = open(new QuickTimers(time, 32), "socket", "tcp");
            Socket instance = server.accept();
            await(made, InterfaceState.UP);
            ByteBuffer framed = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.length));
            Hdlc.encode(ByteBuffer.wrap(packet), framed);
            byte[] frame = Arrays.copyOf(framed.array(), framed.position());

            made.send(ByteBuffer.wrap(packet));
            made.flush();
            assertArrayEquals(frame, instance.getInputStream().readNBytes(frame.length));

            instance.getOutputStream().write(new byte[] {0x7e, 0x7e}); // an instance that keeps its line awake
            instance.getOutputStream().write(frame);
            WaitFor.condition("it arrives", PATIENCE, () -> sink.count() == 1);
            assertEquals(1, made.counters().receivedPackets());
            assertEquals(1, made.counters().sentPackets());
            instance.close();
        }
        await(made, InterfaceState.DOWN);
        assertEquals(1, made.counters().receivedPackets(), "what a connection has counted stays");
    }

    @Test
    void triesAgainEveryEightSecondsWhoeverIsThere() throws IOException {
        List<Duration> pauses = new CopyOnWriteArrayList<>();
        Timers noted = new Timers() {
            @Override
            public Timer after(Duration delay, Runnable task) {
                if (delay.toMillis() > 10) {
                    pauses.add(delay);
                }
                return time.after(delay.dividedBy(100), task);
            }

            @Override
            public Timer every(Duration period, Runnable task) {
                return time.every(period, task);
            }
        };
        LocalClientInterface made = open(noted, "socket", "tcp");
        await(made, InterfaceState.DOWN);
        Failure why = made.status().failure().orElseThrow();
        assertEquals("No shared instance answers at " + port, why.message());
        assertTrue(why.remedy().contains("Start rnsd"), why.remedy());
        WaitFor.condition("three attempts", PATIENCE, () -> pauses.size() >= 3);

        try (ServerSocket server = listen()) {
            server.accept().close();
            server.accept();
            await(made, InterfaceState.UP);
        }
        assertEquals(Set.of(Duration.ofSeconds(8)), Set.copyOf(pauses));
    }

    @Test
    void findsAnInstanceAtItsAbstractName() {
        Assumptions.assumeTrue(Endpoint.hasUnixSockets(), "this machine has no abstract sockets");
        String name = "kairos-test-client-" + port;
        Settings settings =
                Settings.of("interface.name", "programs", "instance.name", name, "reticulum.folder", folder.toString());
        RecordingSink served = new RecordingSink();
        LocalInterface server = new LocalInterface(settings.as(LocalConfig.class), settings.map(), time);
        opened.add(server);
        server.attach(served);
        await(server, InterfaceState.UP);

        LocalClientInterface made = open(new QuickTimers(time, 32), "instance.name", name);
        await(made, InterfaceState.UP);

        assertEquals("LocalInterface[rns/" + name + "]", made.description());
        assertEquals(server.endpoints(), made.endpoints());
        assertTrue(made.leadsToSharedInstance());
        assertTrue(made.carriesPackets());
        assertEquals(262_144, made.budget().packetBytes());
        assertEquals(Severity.OK, made.examine().get(0).severity());
        assertEquals(
                "Is a program of the shared instance at rns/" + name,
                made.examine().get(0).message());
        WaitFor.condition("it is a program", PATIENCE, () -> served.children().size() == 1);
        made.close();
        WaitFor.condition("it is gone", PATIENCE, () -> served.children().isEmpty());
    }

    @Test
    void asksForNothingThatOnlyMakesSenseBetweenNodes() {
        LocalClientInterface made = open(time, "access.passphrase", "ignored", "mode", "gateway");
        assertEquals(Optional.empty(), made.policy().accessCode());
        assertFalse(made.policy().ingressControl());
        assertFalse(made.policy().opensTunnel());
    }

    @Test
    void badSettingsAreAFailureWithARemedy() {
        Failure why =
                open(time, "instance.name", "not a name").status().failure().orElseThrow();
        assertEquals(Failure.Kind.CONFIGURATION, why.kind());
        assertEquals("instance.name = not a name is no name of an instance", why.message());
        assertEquals(
                "peer.port = 70000 is not between 1 and 65535",
                open(time, "peer.port", 70_000).status().failure().orElseThrow().message());
        assertEquals(
                InterfaceState.DISABLED, open(time, "enabled", false).status().state());
    }

    @Test
    void whileHeldNothingIsOpened() throws IOException {
        try (ServerSocket server = listen()) {
            LocalClientInterface made = open(new QuickTimers(time, 32), "socket", "tcp");
            Socket instance = server.accept();
            await(made, InterfaceState.UP);
            Failure why = new Failure(Failure.Kind.CONFIGURATION, "The node forwards for others", "Stop that.");
            made.hold(Optional.of(why));

            assertEquals(Optional.of(why), made.status().failure());
            assertEquals(-1, instance.getInputStream().read(), "the connection is closed");
            assertFalse(made.endpoints().isEmpty(), "it still tells where it wants to go");
            made.hold(Optional.empty());
            server.accept();
            await(made, InterfaceState.UP);
        }
    }
}
