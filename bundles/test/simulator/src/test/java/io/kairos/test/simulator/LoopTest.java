package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.PipedInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing goes round for ever. */
class LoopTest {

    private static final int SIZE = 8;

    @TempDir
    private Path folder;

    private Mesh mesh;

    private void ring(boolean full) {
        mesh = new Mesh(7, folder);
        List<Node> nodes = mesh.nodes(SIZE);
        for (int left = 0; left < SIZE; left++) {
            for (int right = left + 1; right < SIZE; right++) {
                boolean neighbours = right == left + 1 || left == 0 && right == SIZE - 1;
                if (full || neighbours) {
                    mesh.join(nodes.get(left), nodes.get(right), Mesh.CABLE, Mesh.PATIENT);
                }
            }
        }
    }

    private long sentDuring(Duration time) {
        long before = mesh.sentPackets();
        mesh.pass(time);
        return mesh.sentPackets() - before;
    }

    @Test
    void anAnnounceInARingDies() {
        ring(false);
        mesh.nodes.get(0).announce();

        long sent = sentDuring(Duration.ofMinutes(2)) + 2;

        assertTrue(sent >= SIZE, "it went round: " + sent);
        assertTrue(sent <= 2 * 2 * SIZE + 2, "two transmissions of each node on two lines at most: " + sent);
        assertEquals(0, sentDuring(Duration.ofHours(1)));
    }

    @Test
    void anAnnounceWhereEverybodyIsJoinedToEverybodyDies() {
        ring(true);
        mesh.nodes.get(0).announce();

        long sent = sentDuring(Duration.ofMinutes(2));

        assertTrue(sent <= 2 * SIZE * (SIZE - 1), "two transmissions of each node on each line at most: " + sent);
        assertEquals(0, sentDuring(Duration.ofHours(1)));
    }

    @Test
    void aPathRequestForNobodyDies() {
        ring(true);
        long before = mesh.sentPackets();

        mesh.nodes.get(0).core.packetRouter().requestPath(new DestinationHash(1, 2), Duration.ofSeconds(15));
        mesh.pass(Duration.ofMinutes(1));

        assertTrue(mesh.sentPackets() - before <= SIZE * (SIZE - 1), "sent " + (mesh.sentPackets() - before));
        assertEquals(0, sentDuring(Duration.ofHours(1)));
    }

    /** Every node is told that the next in the ring is the way; hops and duplicate lists end the journey. */
    @Test
    void aPacketWhosePathsGoRoundInACircleDies() {
        ring(false);
        Keys nobody = new Keys("nobody");
        for (int i = 0; i < SIZE; i++) {
            DestinationHash next =
                    mesh.nodes.get((i + 1) % SIZE).core.packetRouter().transportId();
            byte[] announce = nobody.announce("test.nowhere", 1_767_225_600L);
            byte[] relayed = PacketBytes.withTransport(announce, announce.length, next, 3, true);
            towardsNext(i).receive(relayed);
        }
        mesh.pass(Duration.ofMinutes(2));
        DestinationHash nowhere = nobody.destination("test.nowhere");
        mesh.nodes.forEach(
                node -> assertTrue(node.core.packetRouter().nextHop(nowhere).isPresent()));
        long forwarded = forwarded();

        byte[] packet = PacketBytes.build(
                PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE), nowhere, 0, new byte[100]);
        mesh.nodes.get(0).core.packetRouter().send(packet);
        mesh.pass(Duration.ofMinutes(2));

        assertTrue(forwarded() - forwarded >= SIZE - 1, "it has gone round: " + (forwarded() - forwarded));
        assertTrue(forwarded() - forwarded <= SIZE, "but once: " + (forwarded() - forwarded));
    }

    private long forwarded() {
        return mesh.nodes.stream()
                .mapToLong(node -> node.core.router().forwardedPackets())
                .sum();
    }

    /** The end of node {@code i} on the line to its successor. */
    private PipedInterface towardsNext(int i) {
        String line = i == SIZE - 1 ? "0-" + i : i + "-" + (i + 1);
        return mesh.nodes.get(i).interfaces.stream()
                .filter(end -> end.name().replace("'", "").equals(line))
                .findFirst()
                .orElseThrow();
    }
}
