package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.PacketReceipt;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.test.kit.PipeLine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty nodes, joined at random. */
class ConvergenceTest {

    private static final int SIZE = 20;

    @TempDir
    private Path folder;

    private Mesh mesh;
    private Graph graph;

    private void build(long seed, PipeLine line, InterfacePolicy policy) {
        mesh = new Mesh(seed, folder);
        graph = new Graph(SIZE, 10, new Random(seed));
        List<Node> nodes = mesh.nodes(SIZE);
        graph.edges().forEach(edge -> mesh.join(nodes.get(edge[0]), nodes.get(edge[1]), line, policy));
    }

    private boolean everybodyKnowsEverybody() {
        return mesh.nodes.stream()
                .allMatch(node -> mesh.nodes.stream().allMatch(other -> node == other || node.knowsPath(other)));
    }

    /** On lines that are slow beside the random pauses before a repetition the first announce to arrive came the shortest way. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everybodyKnowsTheShortestWayToEverybody(long seed) {
        build(seed, PipeLine.PERFECT.withDelay(Duration.ofSeconds(20)), Mesh.PATIENT);

        mesh.nodes.forEach(Node::announce);
        mesh.until("all paths are known", Duration.ofMinutes(10), this::everybodyKnowsEverybody);

        for (int from = 0; from < SIZE; from++) {
            int[] distances = graph.distances(from);
            for (int to = 0; to < SIZE; to++) {
                if (from != to) {
                    int hops = mesh.nodes.get(from).hops(mesh.nodes.get(to));
                    assertEquals(distances[to], hops, "from %d to %d, seed %d".formatted(from, to, seed));
                }
            }
        }
    }

    /** With everything an operator gets who sets nothing: bursts are held back, and it takes longer. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void everybodyReachesEverybodyAlsoAfterABurst(long seed) {
        build(seed, Mesh.CABLE, InterfacePolicy.DEFAULT);

        mesh.nodes.forEach(Node::announce);
        mesh.until("all paths are known", Duration.ofMinutes(60), this::everybodyKnowsEverybody);
        mesh.pass(Duration.ofMinutes(1));

        List<PacketReceipt> receipts = new ArrayList<>();
        for (Node from : mesh.nodes) {
            for (Node to : mesh.nodes) {
                if (from != to) {
                    receipts.add(from.endpoints.send(to.address(), new byte[] {1}));
                }
            }
        }
        mesh.pass(Duration.ofSeconds(30));
        for (PacketReceipt receipt : receipts) {
            assertEquals(PacketReceipt.Status.DELIVERED, receipt.status(), "seed " + seed);
        }
        mesh.nodes.forEach(node -> assertEquals(SIZE - 1, node.received.size(), node + ", seed " + seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {6})
    void announcesInAMeshDie(long seed) {
        build(seed, Mesh.CABLE, Mesh.PATIENT);

        mesh.nodes.forEach(Node::announce);
        mesh.pass(Duration.ofMinutes(5));
        long sent = mesh.sentPackets();
        mesh.pass(Duration.ofMinutes(30));

        assertEquals(sent, mesh.sentPackets(), "somebody still sends; seed " + seed);
        // each node repeats each announce at most twice on each of its lines
        long most = 2L * SIZE * 2 * mesh.lines.size() + SIZE * 2L * mesh.lines.size();
        assertTrue(sent <= most, "%d packets, at most %d; seed %d".formatted(sent, most, seed));
    }
}
