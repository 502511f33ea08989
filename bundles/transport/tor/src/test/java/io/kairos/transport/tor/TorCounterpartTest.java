package io.kairos.transport.tor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against Debian's tor. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TorCounterpartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private Path folder;
    private PrivateTor tor;
    private TorServerInterface server;
    private TorClientInterface client;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target")).toAbsolutePath(), "tor");
    }

    @AfterEach
    void endEverything() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
        if (tor != null) {
            tor.close();
        }
        time.close();
    }

    /** One network for all of it, because it takes long to start. */
    @Test
    void packetsTravelThroughANetworkOfTor() throws Exception {
        tor = PrivateTor.network(folder);
        tor.awaitReady();
        server = openServer(Map.of());
        WaitFor.condition("it is published", PATIENCE, () -> server.status().isUp());
        String onion = address();
        client = openClient(onion);
        RecordingSink here = new RecordingSink();
        client.attach(here);
        RecordingSink there = new RecordingSink();
        server.attach(there);
        WaitFor.condition(
                "it is connected",
                PATIENCE,
                () -> client.status().isUp() && !there.children().isEmpty());
        MeshInterface child = there.children().keySet().iterator().next();
        WaitFor.condition("the child is up", () -> child.status().isUp());

        byte[][] packets = packets();
        for (byte[] packet : packets) {
            client.send(ByteBuffer.wrap(packet));
            child.send(ByteBuffer.wrap(packet));
        }

        RecordingSink inbox = there.children().get(child);
        WaitFor.condition("all arrive there", PATIENCE, () -> inbox.count() == packets.length);
        WaitFor.condition("all arrive here", PATIENCE, () -> here.count() == packets.length);
        for (int i = 0; i < packets.length; i++) {
            assertArrayEquals(packets[i], inbox.packets().get(i));
            assertArrayEquals(packets[i], here.packets().get(i));
        }
        client.close();

        client = openClient("a".repeat(56) + ".onion");
        WaitFor.condition("it is refused", PATIENCE, () -> client.status().state() == InterfaceState.DOWN);
        assertTrue(client.status().failure().orElseThrow().message().contains("no valid onion address"));
        client.close();
        assertEquals(onion, address());
    }

    /** The control port of a tor without network: keys are kept, nothing is published, a restart is noticed. */
    @Test
    void anOnionServiceIsSetUpAndSaysThatItIsNotPublished() throws Exception {
        tor = PrivateTor.alone(folder);
        server = openServer(Map.of("publish.timeout.seconds", 1));
        WaitFor.condition("it has an address", PATIENCE, () -> server.offer().isPresent());
        String onion = address();
        assertTrue(onion.matches("[a-z2-7]{56}\\.onion"));

        awaitFailure("tor has no connection to its network yet (0 %)");
        tor.stopUser();
        awaitFailure("control port"); // closed it, or does not listen any more
        tor.restartUser();
        awaitFailure("tor has no connection to its network yet (0 %)");
        assertEquals(onion, address());
    }

    private TorServerInterface openServer(Map<String, Object> extra) {
        Settings settings = Settings.of(
                        "interface.name", "onion", "control.port", tor.controlPort(), "reconnect.delay.seconds", 1)
                .with(extra);
        return new TorServerInterface(settings.as(TorServerConfig.class), settings.map(), time, time, store);
    }

    private TorClientInterface openClient(String host) {
        Settings settings = Settings.of(
                "interface.name",
                "cli",
                "target.host",
                host,
                "proxy.port",
                tor.socksPort(),
                "reconnect.delay.seconds",
                1,
                "reconnect.delay.max.seconds",
                2);
        return new TorClientInterface(settings.as(TorClientConfig.class), settings.map(), time, time);
    }

    private void awaitFailure(String part) {
        WaitFor.condition(
                part,
                PATIENCE,
                () -> server.status().failure().stream()
                        .anyMatch(why -> why.kind() == Failure.Kind.NETWORK
                                && why.message().contains(part)));
    }

    private String address() {
        return server.offer().orElseThrow().details().get("reachable_on").toString();
    }

    /** More than 100 kB, of all sizes. */
    private static byte[][] packets() {
        Random random = new Random(5);
        byte[][] packets = new byte[40][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new byte[i == 0 ? 8_192 : 20 + random.nextInt(5_000)];
            random.nextBytes(packets[i]);
        }
        return packets;
    }
}
