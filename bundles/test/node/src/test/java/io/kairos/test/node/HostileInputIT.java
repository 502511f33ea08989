package io.kairos.test.node;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.WaitFor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever arrives on its port, the node goes on forwarding for two good neighbours and takes no more memory. */
class HostileInputIT {

    /** A heap of 128 MB and what the virtual machine takes besides. */
    private static final long MOST_RESIDENT_BYTES = 400L << 20;

    private static int port;
    private static NodeProcess node;
    private static Peer alice;
    private static Peer bob;
    private static DestinationHash id;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Random random = new Random(1);

    @BeforeAll
    static void start() throws IOException {
        port = NodeProcess.freePort();
        node = new NodeProcess("hostile-input").listens("public", port).start();
        node.awaitPort(port);
        alice = new Peer(port);
        bob = new Peer(port);
        WaitFor.condition("the console answers", NodeProcess.START, HostileInputIT::answers);
        id = bob.introduceTo(alice);
        alice.introduceTo(bob);
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
        alice.close();
        bob.close();
    }

    @AfterEach
    void workGoesOn() throws IOException {
        assertTrue(alice.reaches(bob, id), "alice reaches bob");
        assertTrue(bob.reaches(alice, id), "bob reaches alice");
        assertTrue(node.isAlive());
        long resident = node.residentBytes();
        assertTrue(resident > 0 && resident < MOST_RESIDENT_BYTES, "resident bytes: " + resident);
    }

    private static boolean answers() {
        try {
            return node.console().run("mesh:refusals --json").startsWith("{");
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /** Runs an attack and waits until the counters of what it has to be refused for have grown by so much. */
    private static void refuses(Attack attack, Map<String, Integer> least) throws IOException {
        Map<String, Long> before = node.console().refused();
        attack(attack);
        Map<String, Long> grown = new TreeMap<>();
        try {
            WaitFor.condition("counters", PATIENCE, () -> {
                grown.putAll(growth(before));
                return least.entrySet().stream()
                        .allMatch(counter -> grown.getOrDefault(counter.getKey(), 0L) >= counter.getValue());
            });
        } catch (AssertionError tooFew) {
            throw new AssertionError("refused at least " + least + ", but it was " + grown, tooFew);
        }
    }

    private static Map<String, Long> growth(Map<String, Long> before) {
        try {
            Map<String, Long> grown = node.console().refused();
            grown.replaceAll((reason, count) -> count - before.getOrDefault(reason, 0L));
            return grown;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node may close the connection; that is its right. */
    private static void attack(Attack attack) throws IOException {
        try (Peer stranger = new Peer(port)) {
            attack.run(stranger);
        } catch (SocketException closedByTheNode) {
            assertTrue(node.isAlive());
        }
    }

    @FunctionalInterface
    private interface Attack {
        void run(Peer stranger) throws IOException;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void randomBytes() throws IOException {
        refuses(
                stranger -> {
                    for (int i = 0; i < 200; i++) {
                        stranger.sendRaw(noise(65_536));
                    }
                },
                Map.of("access-code", 1_000));
    }

    @Test
    void randomPackets() throws IOException {
        refuses(
                stranger -> {
                    for (int i = 0; i < 20_000; i++) {
                        stranger.send(noise(1 + random.nextInt(600)));
                    }
                },
                Map.of("malformed", 5_000, "filter", 1_000, "hops", 500, "no-link", 100));
    }

    @Test
    void aFrameWithoutEnd() throws IOException {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 'x');
        refuses(
                stranger -> {
                    stranger.sendRaw(new byte[] {0x7e});
                    for (int i = 0; i < 100; i++) {
                        stranger.sendRaw(piece);
                    }
                },
                Map.of("malformed_frames", 1));
    }

    @Test
    void packetsCutShortAndRepeated() throws IOException {
        refuses(
                stranger -> {
                    byte[] announce = stranger.announce();
                    for (int length = 1; length <= announce.length; length++) {
                        stranger.send(Arrays.copyOf(announce, length));
                    }
                    for (int i = 0; i < 20_000; i++) {
                        stranger.send(announce);
                    }
                    byte[] packet = stranger.packetTo(bob, id, noise(64));
                    for (int i = 0; i < 1_000; i++) {
                        stranger.send(packet);
                    }
                },
                Map.of("malformed", 100, "duplicate", 900));
    }

    @Test
    void forgedAnnouncesAreNotRepeated() throws IOException {
        refuses(
                stranger -> {
                    stranger.send(stranger.announce(DestinationHash.of(noise(16)))); // its own key, another's address
                    for (int i = 0; i < 1_000; i++) {
                        byte[] forged = stranger.announce();
                        forged[100 + i % 60] ^= 1; // random blob or signature
                        stranger.send(forged);
                        byte[] wrongAddress = stranger.announce();
                        wrongAddress[2] ^= 1;
                        stranger.send(wrongAddress);
                    }
                    assertFalse(isRepeated(stranger), "a forged announce was repeated");
                },
                Map.of("announce-signature", 1_900, "announce-mismatch", 1));
    }

    private static boolean isRepeated(Peer stranger) throws IOException {
        try {
            while (true) {
                byte[] heard = alice.receive();
                if (PacketBytes.isWellFormed(heard, 0, heard.length)
                        && PacketBytes.type(heard, 0) == 1
                        && PacketBytes.destination(heard, 0).low() == stranger.address.low()) {
                    return true;
                }
            }
        } catch (SocketTimeoutException silence) {
            return false;
        }
    }

    @Test
    void aThousandConnectionsThatSayNothing() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = new Socket();
                silent.add(socket);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            }
            workGoesOn();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void manyWhoSendSlowly() throws IOException {
        List<Peer> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                slow.add(new Peer(port));
            }
            byte[] frame = Peer.frame(slow.get(0).announce());
            for (int at = 0; at < 60; at++) {
                for (Peer one : slow) {
                    one.sendRaw(new byte[] {frame[at]});
                }
            }
            workGoesOn();
        } finally {
            for (Peer one : slow) {
                one.close();
            }
        }
    }
}
