package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Several nodes in one process, wired by interfaces that hand packets over at once. */
class MultiNodeTest {

    private final ManualClock clock = new ManualClock();
    private final TestNode alice = new TestNode("alice", clock);
    private final TestNode middle = new TestNode("middle", clock);
    private final TestNode bob = new TestNode("bob", clock);

    private static void wire(TestNode left, TestNode right) {
        TestInterface one = new TestInterface(
                left.id().toHex().substring(0, 4) + right.id().toHex().substring(0, 4));
        TestInterface other = new TestInterface(one.name() + "b");
        one.wire(other);
        left.core.attach(one);
        right.core.attach(other);
    }

    private static byte[] data(DestinationHash to, String text) {
        int flags = PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE);
        return PacketBytes.build(flags, to, 0, text.getBytes());
    }

    @Test
    void anAnnounceTravelsOverThreeNodesAndDataTravelsBack() {
        wire(alice, middle);
        wire(middle, bob);
        TestNode.Destination echo = bob.destination("test.echo");

        assertEquals(1, echo.announce());
        clock.advance(Duration.ofSeconds(10));

        assertEquals(
                2, alice.core.packetRouter().nextHop(echo.hash).orElseThrow().hops());
        assertEquals(
                1, middle.core.packetRouter().nextHop(echo.hash).orElseThrow().hops());
        assertTrue(bob.core.packetRouter().nextHop(echo.hash).isEmpty());
        byte[] packet = data(echo.hash, "hello");
        assertEquals(1, alice.core.packetRouter().send(packet));
        assertEquals(1, echo.received.size());
        assertArrayEquals("hello".getBytes(), echo.received.get(0).data());
        assertEquals(2, echo.received.get(0).hops());
        assertArrayEquals(PacketBytes.hash(packet), echo.received.get(0).hash());
        assertEquals(1, middle.core.router().forwardedPackets());
    }

    @Test
    void packetsInARingDie() {
        wire(alice, middle);
        wire(middle, bob);
        wire(bob, alice);
        TestNode.Destination echo = bob.destination("test.echo");

        echo.announce();
        clock.advance(Duration.ofSeconds(30));

        assertEquals(
                1, alice.core.packetRouter().nextHop(echo.hash).orElseThrow().hops());
        assertEquals(0, alice.core.parts().repeats().size());
        assertEquals(0, middle.core.parts().repeats().size());
        byte[] packet = data(echo.hash, "once");
        alice.core.packetRouter().send(packet);
        alice.core.packetRouter().send(packet);
        assertEquals(1, echo.received.size(), "the second copy is a duplicate");
    }

    @Test
    void aPathIsFoundByAskingThroughAGateway() {
        wire(alice, middle);
        wire(middle, bob);
        for (var view : middle.core.parts().ports().all()) {
            ((TestInterface) view.medium()).policy("mode", "gateway");
        }
        TestNode.Destination echo = bob.destination("test.echo");

        CompletionStage<Boolean> found = alice.core.packetRouter().requestPath(echo.hash, Duration.ofSeconds(15));
        CompletionStage<Boolean> missing =
                alice.core.packetRouter().requestPath(new DestinationHash(1, 2), Duration.ofSeconds(15));
        clock.advance(Duration.ofSeconds(14));

        assertEquals(1, echo.requests);
        assertTrue(found.toCompletableFuture().join());
        assertEquals(
                2, alice.core.packetRouter().nextHop(echo.hash).orElseThrow().hops());
        assertFalse(missing.toCompletableFuture().isDone());
        clock.advance(Duration.ofSeconds(2));
        assertFalse(missing.toCompletableFuture().join());
    }

    @Test
    void aPathIsAnsweredByTheNodeThatKnowsIt() {
        wire(middle, bob);
        TestNode.Destination echo = bob.destination("test.echo");
        echo.announce();
        clock.advance(Duration.ofSeconds(10));
        wire(alice, middle);

        CompletionStage<Boolean> found = alice.core.packetRouter().requestPath(echo.hash, Duration.ofSeconds(15));
        clock.advance(Duration.ofSeconds(1));

        assertTrue(found.toCompletableFuture().join());
        assertEquals(0, echo.requests);
        assertEquals(
                2, alice.core.packetRouter().nextHop(echo.hash).orElseThrow().hops());
    }
}
