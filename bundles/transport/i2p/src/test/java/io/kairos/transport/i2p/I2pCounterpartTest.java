package io.kairos.transport.i2p;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.stream.Sockets;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against two routers of Debian's i2pd in a network of their own. A bridge of i2pd takes twenty seconds for a session. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class I2pCounterpartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final MemoryStore store = new MemoryStore();

    @Test
    void packetsTravelThroughTwoRoutersOfI2p() throws Exception {
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target")).toAbsolutePath(), "i2p");
        try (RealTime time = new RealTime();
                PrivateI2p i2p = PrivateI2p.start(folder)) {
            String keys = draw(i2p, time);
            new OwnKeys(() -> store).keep("hidden", keys);
            // a name cannot be looked up: for that a router wants tunnels over others, of which there are none
            Destination own = Destination.ofPrivate(keys);
            try (I2pInterface hidden = open(time, "hidden", i2p.bridge(0), "connectable", true);
                    I2pInterface caller = open(time, "caller", i2p.bridge(1), "peers", own.base64())) {
                exchange(hidden, caller);
                assertEquals(
                        own.base32(), hidden.offer().orElseThrow().details().get("reachable_on"));
            }
        }
    }

    private static void exchange(I2pInterface hidden, I2pInterface caller) {
        RecordingSink there = new RecordingSink();
        hidden.attach(there);
        RecordingSink here = new RecordingSink();
        caller.attach(here);
        WaitFor.condition("a stream is open", PATIENCE, () -> isUp(there) && isUp(here));
        MeshInterface child = there.children().keySet().iterator().next();
        MeshInterface peer = here.children().keySet().iterator().next();

        byte[][] packets = packets();
        for (byte[] packet : packets) {
            child.send(ByteBuffer.wrap(packet));
            peer.send(ByteBuffer.wrap(packet));
        }

        for (RecordingSink inbox : new RecordingSink[] {
            there.children().get(child), here.children().get(peer)
        }) {
            WaitFor.condition("all arrive", PATIENCE, () -> inbox.count() == packets.length);
            for (int i = 0; i < packets.length; i++) {
                assertArrayEquals(packets[i], inbox.packets().get(i));
            }
        }
    }

    private static boolean isUp(RecordingSink core) {
        return core.children().keySet().stream().anyMatch(peer -> peer.status().isUp());
    }

    private static String draw(PrivateI2p i2p, RealTime time) {
        try (Sockets sockets = new Sockets()) {
            return new SamBridge("127.0.0.1", i2p.bridge(0), time)
                    .connect(sockets)
                    .generate();
        }
    }

    private I2pInterface open(RealTime time, String name, int port, Object... more) {
        Settings settings = Settings.of(
                        "interface.name",
                        name,
                        "bridge.port",
                        port,
                        "tunnel.hops",
                        0,
                        "tunnel.quantity",
                        1,
                        "setup.delay.seconds",
                        1,
                        "reconnect.delay.seconds",
                        1)
                .with(Settings.of(more).map());
        return new I2pInterface(settings.as(I2pConfig.class), settings.map(), time, time, store);
    }

    /** About 50 kB, of all sizes. */
    private static byte[][] packets() {
        Random random = new Random(5);
        byte[][] packets = new byte[100][];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = new byte[i == 0 ? I2pSettings.PACKET_BYTES : 20 + random.nextInt(1_000)];
            random.nextBytes(packets[i]);
        }
        return packets;
    }
}
