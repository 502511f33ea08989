package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.core.router.RouterSettings;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.PipeLine;
import io.kairos.test.kit.PipedInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Nodes and the lines between them. The seed is told in every failure; the same seed gives the same run. */
final class Mesh {

    /** A line like a cable through a city. */
    static final PipeLine CABLE = PipeLine.PERFECT.withDelay(Duration.ofMillis(10));

    /** Announces are not held back in bursts. */
    static final InterfacePolicy PATIENT = InterfacePolicy.parse(Map.of("ingress.control", "false"), 16);

    private static final Duration STEP = Duration.ofMillis(50);

    final ManualClock clock = new ManualClock();
    final long seed;
    final List<Node> nodes = new ArrayList<>();
    final List<PipedInterface.Pair> lines = new ArrayList<>();
    private final Path folder;

    Mesh(long seed, Path folder) {
        this.seed = seed;
        this.folder = folder;
        System.out.println("simulated with seed " + seed);
    }

    Node node(String name) {
        return node(name, RouterSettings.defaults(64 << 20));
    }

    Node node(String name, RouterSettings settings) {
        Node made = new Node(name, clock, settings, folder, seed);
        nodes.add(made);
        return made;
    }

    /** Makes so many nodes, called 0, 1 and so on. */
    List<Node> nodes(int count) {
        for (int i = 0; i < count; i++) {
            node(String.valueOf(i));
        }
        return nodes;
    }

    PipedInterface.Pair join(Node left, Node right, PipeLine line) {
        return join(left, right, line, InterfacePolicy.DEFAULT);
    }

    PipedInterface.Pair join(Node left, Node right, PipeLine line, InterfacePolicy policy) {
        String name = left + "-" + right;
        PipedInterface.Pair pair = PipedInterface.pair(name, name + "'", clock, seed * 1_000 + 2L * lines.size());
        pair.line(line);
        pair.left().policy(policy);
        pair.right().policy(policy);
        left.attach(pair.left());
        right.attach(pair.right());
        lines.add(pair);
        return pair;
    }

    void pass(Duration time) {
        clock.advance(time);
    }

    /** Lets time pass until something holds, at most {@code bound} of it. */
    void until(String what, Duration bound, BooleanSupplier condition) {
        for (long left = bound.toMillis(); left > 0 && !condition.getAsBoolean(); left -= STEP.toMillis()) {
            clock.advance(STEP);
        }
        assertTrue(condition.getAsBoolean(), () -> what + " (seed " + seed + ")");
    }

    /** Packets that were sent on all lines so far. */
    long sentPackets() {
        return lines.stream()
                .mapToLong(pair -> pair.left().counters().sentPackets()
                        + pair.right().counters().sentPackets())
                .sum();
    }
}
