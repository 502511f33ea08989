package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RecordedLog;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does with neighbours that are too many, too slow or never finish. */
class TcpServerLimitsTest {

    private final int port = TcpContractTest.freePort();
    private final ManualClock clock = new ManualClock();
    private final RecordingSink sink = new RecordingSink();
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    private TcpServerInterface server;

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
        assertTrue(sink.faults().isEmpty(), () -> sink.faults().toString());
    }

    @Test
    void aConnectionTooManyIsClosedAndAPlaceThatIsFreeIsGivenAgain() throws IOException {
        open(Map.of("maximum.connections", "2"));
        connect();
        Socket second = connect();
        awaitChildren(2);

        assertEquals(-1, connect().getInputStream().read(), "closed at once");
        second.close();
        awaitChildren(1);
        connect();
        awaitChildren(2);
    }

    @Test
    void aNeighbourThatTakesNothingForTwentyFourSecondsIsDisconnected() throws IOException {
        open(Map.of());
        connect();
        awaitChildren(1);
        MeshInterface child = sink.children().keySet().iterator().next();
        WaitFor.condition("the machine's buffers are full", () -> isStuck(child));

        clock.advance(Duration.ofSeconds(23));
        assertTrue(child.status().isUp());
        WaitFor.condition("it is disconnected", () -> {
            isStuck(child); // the machine may have found room for more in the meantime
            clock.advance(Duration.ofSeconds(25));
            return sink.children().isEmpty();
        });
        assertTrue(server.status().isUp());
    }

    @Test
    void aTakenPortIsAFailureAndIsTriedAgain() throws IOException {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            server = server(Map.of());
            WaitFor.condition("it is down", () -> server.status().state() == InterfaceState.DOWN);
            Failure why = server.status().failure().orElseThrow();
            assertEquals("Port " + port + " is taken", why.message());
            assertEquals(Failure.Kind.NETWORK, why.kind());
            assertTrue(other.isBound());
        }

        WaitFor.condition("it is up", () -> {
            clock.advance(Duration.ofSeconds(30));
            return server.status().isUp();
        });
    }

    @Test
    void aMissingDeviceIsAHardwareFailure() {
        server = server(Map.of("device", "nosuchdevice0"));

        WaitFor.condition("it is down", () -> server.status().state() == InterfaceState.DOWN);
        assertEquals(
                Failure.Kind.HARDWARE, server.status().failure().orElseThrow().kind());
    }

    /** Netty warns of a connection that was accepted for threads that have already ended. */
    @Test
    void connectionsOfTheLastMomentAreClosedWithoutAWord() throws Exception {
        RecordedLog.INSTANCE.clear();
        for (int round = 0; round < 20; round++) {
            open(Map.of());
            CountDownLatch crowd = new CountDownLatch(30);
            Thread clients = new Thread(() -> connectUntilRefused(crowd));
            clients.start();
            assertTrue(crowd.await(10, TimeUnit.SECONDS), "clients come");
            server.close();
            clients.join();
        }
        assertEquals(
                List.of(),
                RecordedLog.INSTANCE.lines().stream()
                        .filter(line -> line.contains("RejectedExecutionException"))
                        .toList());
    }

    private void connectUntilRefused(CountDownLatch crowd) {
        try {
            while (true) {
                connect();
                crowd.countDown();
            }
        } catch (IOException refused) {
            // the server is closed
        }
    }

    /** Sends for a while; whether nothing was taken in all that time. */
    private static boolean isStuck(MeshInterface child) {
        long before = child.counters().sentPackets();
        long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
        while (System.nanoTime() - end < 0) {
            child.send(ByteBuffer.wrap(new byte[500]));
            child.flush();
            Thread.onSpinWait();
        }
        return child.counters().sentPackets() == before;
    }

    private void open(Map<String, Object> extra) {
        server = server(extra);
        server.attach(sink);
        WaitFor.condition("the server is up", () -> server.status().isUp());
    }

    private TcpServerInterface server(Map<String, Object> extra) {
        Settings settings = Settings.of("interface.name", "srv", "listen.host", "127.0.0.1", "listen.port", port)
                .with(extra);
        return new TcpServerInterface(settings.as(TcpServerConfig.class), settings.map(), clock, clock);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        sockets.add(socket);
        return socket;
    }

    private void awaitChildren(int count) {
        WaitFor.condition(count + " children", () -> sink.children().size() == count);
    }
}
