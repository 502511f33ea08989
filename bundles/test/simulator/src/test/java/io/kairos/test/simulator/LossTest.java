package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.Link;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.test.kit.PipeLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that lose, double and shuffle. The line of the sender is the bad one, that of the receiver is good. */
class LossTest {

    private static final PipeLine LOSSY = Mesh.CABLE.withLoss(0.2);
    private static final int ATTEMPTS = 20;

    @TempDir
    private Path folder;

    private Mesh mesh;
    private Node sender;
    private Node receiver;

    private void build(long seed, PipeLine bad) {
        mesh = new Mesh(seed, folder);
        sender = mesh.node("sender");
        Node middle = mesh.node("middle");
        receiver = mesh.node("receiver");
        mesh.join(sender, middle, bad, Mesh.PATIENT);
        mesh.join(middle, receiver, Mesh.CABLE, Mesh.PATIENT);
        for (int i = 0; i < ATTEMPTS && !sender.knowsPath(receiver); i++) {
            receiver.announce();
            mesh.pass(Duration.ofSeconds(20));
        }
        assertTrue(sender.knowsPath(receiver), "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void whoeverRepeatsUntilTheProofComesGetsEverythingAcross(long seed) {
        build(seed, LOSSY);
        int transmissions = 0;

        for (int number = 0; number < 100; number++) {
            byte[] data = ByteBuffer.allocate(4).putInt(number).array();
            PacketReceipt.Status status = PacketReceipt.Status.FAILED;
            for (int i = 0; i < ATTEMPTS && status != PacketReceipt.Status.DELIVERED; i++) {
                PacketReceipt receipt = sender.endpoints.send(receiver.address(), data);
                transmissions++;
                mesh.until("there is an outcome", Duration.ofMinutes(2), () -> isOver(receipt));
                status = receipt.status();
            }
            assertEquals(PacketReceipt.Status.DELIVERED, status, "packet %d, seed %d".formatted(number, seed));
        }

        Set<Integer> numbers = new HashSet<>();
        receiver.received.forEach(data -> numbers.add(ByteBuffer.wrap(data).getInt()));
        assertEquals(100, numbers.size(), "what is proved has arrived");
        assertTrue(receiver.received.size() <= transmissions, "and each transmission once at most");
        assertTrue(transmissions > 100, "the line was lossy indeed");
    }

    private static boolean isOver(PacketReceipt receipt) {
        return receipt.outcome().toCompletableFuture().isDone();
    }

    /**
     * A link may be lost altogether: the packet that tells the other end that it is up is sent once, and two lost keepalives
     * end it. So the program opens another one, as real ones do; what is called complete has arrived whole.
     */
    @ParameterizedTest
    @ValueSource(longs = {14, 15, 16, 17, 18, 19, 23})
    void aLinkWithAResourceCompletes(long seed) throws IOException {
        build(seed, LOSSY);
        Download download = new Download(mesh, sender, receiver);

        ResourceTransfer.Status status = ResourceTransfer.Status.NONE;
        for (int i = 0; i < 4 && status != ResourceTransfer.Status.COMPLETE; i++) {
            Link link = download.connect(ATTEMPTS);
            status = download.send(link, 100_000);
            if (status == ResourceTransfer.Status.COMPLETE) {
                assertArrayEquals(download.sent(), download.received(), "seed " + seed);
            }
            link.close();
        }

        assertEquals(ResourceTransfer.Status.COMPLETE, status, "seed " + seed);
        mesh.until(
                "both ends close",
                Duration.ofMinutes(30),
                () -> receiver.endpoints.links().isEmpty());
        assertTrue(sender.endpoints.links().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void whatIsDoubledAndShuffledIsDeliveredOnce(long seed) {
        build(seed, Mesh.CABLE.withDuplication(0.5).withReordering(0.5, Duration.ofMillis(200)));

        Set<PacketReceipt> receipts = new HashSet<>();
        for (int number = 0; number < 300; number++) {
            receipts.add(sender.endpoints.send(
                    receiver.address(), ByteBuffer.allocate(4).putInt(number).array()));
            mesh.pass(Duration.ofMillis(20));
        }
        mesh.pass(Duration.ofSeconds(10));

        Set<Integer> numbers = new HashSet<>();
        receiver.received.forEach(data -> numbers.add(ByteBuffer.wrap(data).getInt()));
        assertEquals(300, numbers.size(), "all of them, seed " + seed);
        assertEquals(300, receiver.received.size(), "each once, seed " + seed);
        receipts.forEach(one -> assertEquals(PacketReceipt.Status.DELIVERED, one.status(), "seed " + seed));
    }

    @Test
    void aResourceOverALineThatDoublesAndShufflesArrivesOnceAndWhole() throws IOException {
        build(24, Mesh.CABLE.withDuplication(0.3).withReordering(0.3, Duration.ofMillis(50)));
        Download download = new Download(mesh, sender, receiver);

        ResourceTransfer.Status status = download.send(download.connect(1), 300_000);

        assertEquals(ResourceTransfer.Status.COMPLETE, status);
        assertArrayEquals(download.sent(), download.received());
        assertEquals(1, download.count());
    }
}
