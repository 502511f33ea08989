package io.kairos.test.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Three nodes and the cables between them.
 *
 * <pre>
 *   A ---- TCP, fast -------------- C
 *    \--- TCP --- B --- UDP, slow --/
 * </pre>
 */
final class Stage implements AutoCloseable {

    static final long FAST_BITS_PER_SECOND = 16_000_000;
    static final long SLOW_BITS_PER_SECOND = 4_000_000;

    private static final String LOOPBACK = "127.0.0.1";

    final NodeProcess a;
    final NodeProcess b;
    final NodeProcess c;
    final Cable fast;
    final Cable slow;

    private final Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private boolean keep;

    Stage(Path distribution, Path bundle, Path folder) throws IOException {
        this.folder = folder;
        a = node("A", distribution, bundle);
        b = node("B", distribution, bundle);
        c = node("C", distribution, bundle);

        int listenC = freePort();
        int fastPort = freePort();
        c.configure("io.kairos.transport.tcp.server", "fast", tcp("listen", listenC));
        a.configure("io.kairos.transport.tcp.client", "fast", tcp("peer", fastPort));
        fast = opened(new TcpCable(fastPort, listenC, FAST_BITS_PER_SECOND));

        int listenB = freePort();
        b.configure("io.kairos.transport.tcp.server", "to-a", tcp("listen", listenB));
        a.configure("io.kairos.transport.tcp.client", "to-b", tcp("peer", listenB));

        int nodeB = freePort();
        int nodeC = freePort();
        int cableB = freePort();
        int cableC = freePort();
        b.configure("io.kairos.transport.udp", "to-c", udp(nodeB, cableB));
        c.configure("io.kairos.transport.udp", "to-b", udp(nodeC, cableC));
        slow = opened(new UdpCable(cableB, nodeB, cableC, nodeC, SLOW_BITS_PER_SECOND));
    }

    List<NodeProcess> nodes() {
        return List.of(a, b, c);
    }

    Path folder() {
        return folder;
    }

    /** Leaves settings and logs where they are, to look into. */
    void keep() {
        keep = true;
    }

    private NodeProcess node(String name, Path distribution, Path bundle) throws IOException {
        Path home = folder.resolve("node-" + name.toLowerCase(Locale.ROOT));
        NodeProcess node = new NodeProcess(name, home, freePort(), freePort());
        node.prepare(distribution, bundle);
        return opened(node);
    }

    private <T extends AutoCloseable> T opened(T thing) {
        open.add(thing);
        return thing;
    }

    private static Map<String, String> tcp(String end, int port) {
        return Map.of(end + ".host", LOOPBACK, end + ".port", Integer.toString(port));
    }

    private static Map<String, String> udp(int listen, int peer) {
        return Map.of(
                "listen.host",
                LOOPBACK,
                "listen.port",
                Integer.toString(listen),
                "forward.host",
                LOOPBACK,
                "forward.port",
                Integer.toString(peer));
    }

    private static int freePort() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
            return udp.getLocalPort();
        }
    }

    /** Ends the nodes at the same time, then the cables, and removes the folder. */
    @Override
    public void close() {
        List<Thread> closers = open.stream()
                .map(thing -> new Thread(() -> closeQuietly(thing), "demo-close"))
                .toList();
        closers.forEach(Thread::start);
        try {
            for (Thread closer : closers) {
                closer.join(Duration.ofSeconds(15).toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!keep) {
            removeFolder();
        }
    }

    private static void closeQuietly(AutoCloseable thing) {
        try {
            thing.close();
        } catch (Exception e) {
            System.err.println("demo: " + e.getMessage());
        }
    }

    private void removeFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("demo: left behind " + folder + ": " + e.getMessage());
        }
    }
}
