package io.kairos.transport.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.api.transport.Signal;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a neighbour costs who is connected and says nothing. */
class IdleConnectionsTest {

    private static final int MOST = 10_000;
    private static final int FEWEST = 500;

    /** On the heap and in direct buffers, with what the test's own end takes; measured: about 3 000. */
    private static final long MOST_BYTES_EACH = 5_000;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger neighbours = new AtomicInteger();

    @Test
    void anIdleNeighbourCostsAFewKilobytes() throws IOException {
        int count = Math.min(MOST, (int) Math.min(MOST, (openFilesLeft() - 500) / 2)); // both ends are in this process
        Assumptions.assumeTrue(count >= FEWEST, "this machine allows too few open files");
        int port = TcpContractTest.freePort();
        Settings settings = Settings.of(
                "interface.name", "srv", "listen.host", "127.0.0.1", "listen.port", port, "maximum.connections", MOST);
        RealTime time = new RealTime();
        TcpServerInterface server =
                new TcpServerInterface(settings.as(TcpServerConfig.class), settings.map(), time, time);
        List<SocketChannel> clients = new ArrayList<>();
        try {
            server.attach(new Counting());
            WaitFor.condition("the server is up", () -> server.status().isUp());
            connect(clients, port, FEWEST / 5); // what is made once is made now
            long before = usedBytes();
            int first = clients.size();

            connect(clients, port, count - first);

            long each = (usedBytes() - before) / (count - first);
            System.out.println(count + " idle connections: " + each + " bytes each");
            assertTrue(each < MOST_BYTES_EACH, each + " bytes for each of " + count);
            assertEquals(count, neighbours.get());
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
            server.close();
            time.close();
        }
    }

    private void connect(List<SocketChannel> clients, int port, int more) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < more; i++) {
            clients.add(SocketChannel.open(address));
            int connected = clients.size();
            if (connected % 200 == 0) { // the backlog has a bound
                WaitFor.condition("neighbour " + connected, PATIENCE, () -> neighbours.get() >= connected);
            }
        }
        WaitFor.condition("all neighbours", PATIENCE, () -> neighbours.get() == clients.size());
    }

    private static long openFilesLeft() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : 0;
    }

    private static long usedBytes() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** A core that only counts, so that what is measured is the transport. */
    private final class Counting implements PacketSink {

        @Override
        public void received(ByteBuffer packet) {}

        @Override
        public void received(ByteBuffer packet, Signal signal) {}

        @Override
        public void endOfBurst() {}

        @Override
        public void changed() {}

        @Override
        public PacketSink appeared(MeshInterface child) {
            neighbours.incrementAndGet();
            return this;
        }

        @Override
        public void vanished(MeshInterface child) {
            neighbours.decrementAndGet();
        }
    }
}
