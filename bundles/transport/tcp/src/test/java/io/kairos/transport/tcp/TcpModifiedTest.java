package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a change of settings does to connections that exist. */
class TcpModifiedTest {

    private final RealTime time = new RealTime();
    private final int port = TcpContractTest.freePort();
    private final Settings serverSettings =
            Settings.of("interface.name", "srv", "listen.host", "127.0.0.1", "listen.port", port);
    private final Settings clientSettings = Settings.of(
            "interface.name", "cli", "peer.host", "127.0.0.1", "peer.port", port, "reconnect.delay.seconds", 1);
    private final RecordingSink serverSink = new RecordingSink();
    private final RecordingSink clientSink = new RecordingSink();
    private TcpServerInterface server;
    private TcpClientInterface client;
    private MeshInterface child;

    @BeforeEach
    void connect() {
        server = new TcpServerInterface(serverSettings.as(TcpServerConfig.class), serverSettings.map(), time, time);
        server.attach(serverSink);
        await(() -> server.status().isUp());
        client = new TcpClientInterface(clientSettings.as(TcpClientConfig.class), clientSettings.map(), time, time);
        client.attach(clientSink);
        await(() -> client.status().isUp() && serverSink.children().size() == 1);
        child = onlyChild();
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
        time.close();
        assertTrue(serverSink.faults().isEmpty(), () -> serverSink.faults().toString());
    }

    @Test
    void aChangeOfPolicyKeepsTheConnections() {
        modifyServer(Map.of("mode", "gateway", "send.queue.bytes", "100000", "maximum.connections", "10"));
        modifyClient(Map.of("mode", "boundary", "announce.cap.percent", "5"));

        assertEquals(InterfaceMode.GATEWAY, server.policy().mode());
        assertEquals(InterfaceMode.GATEWAY, child.policy().mode());
        assertEquals(InterfaceMode.BOUNDARY, client.policy().mode());
        assertTrue(child.status().isUp());
        assertSame(child, onlyChild());
        assertEquals(0, serverSink.vanished());
        assertTrue(serverSink.changes() > 0 && clientSink.changes() > 1, "the core is told");
    }

    @Test
    void anotherBitRateMakesConnectionsAnewAndTellsTheCore() {
        modifyServer(Map.of("bitrate.bits.per.second", "100000000"));

        await(() -> serverSink.vanished() == 1);
        await(() -> serverSink.children().size() == 1 && client.status().isUp());
        assertNotSame(child, onlyChild());
        assertFalse(child.status().isUp());
        assertEquals(16_384, server.budget().packetBytes());
        assertEquals(16_384, onlyChild().budget().packetBytes());
    }

    @Test
    void wrongSettingsLeaveEverythingAsItWas() {
        modifyServer(Map.of("mode", "sideways"));
        modifyClient(Map.of("peer.port", "70000"));

        assertTrue(child.status().isUp());
        assertTrue(client.status().isUp());
        assertEquals(InterfaceMode.FULL, server.policy().mode());
    }

    @Test
    void switchingOffAndOnWorks() {
        modifyClient(Map.of("enabled", "false"));
        assertEquals(InterfaceState.DISABLED, client.status().state());
        await(() -> serverSink.vanished() == 1);

        modifyClient(Map.of());
        await(() -> client.status().isUp() && serverSink.children().size() == 1);
    }

    private void modifyServer(Map<String, Object> extra) {
        Settings changed = serverSettings.with(extra);
        server.modified(changed.as(TcpServerConfig.class), changed.map());
    }

    private void modifyClient(Map<String, Object> extra) {
        Settings changed = clientSettings.with(extra);
        client.modified(changed.as(TcpClientConfig.class), changed.map());
    }

    private MeshInterface onlyChild() {
        return serverSink.children().keySet().iterator().next();
    }

    private static void await(BooleanSupplier condition) {
        WaitFor.condition("the expected state", condition);
    }
}
