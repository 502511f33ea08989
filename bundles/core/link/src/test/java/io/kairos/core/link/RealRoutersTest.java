package io.kairos.core.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Endpoints.ProbeResult;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.Decision;
import io.kairos.api.link.Link.State;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Access;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.core.link.actor.Workers;
import io.kairos.core.router.Collaborators;
import io.kairos.core.router.RouterCore;
import io.kairos.core.router.RouterSettings;
import io.kairos.routing.reticulum.FewestHops;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.PipeLine;
import io.kairos.test.kit.PipedInterface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints over real routers: left, middle, right, where only the middle one sees both others. */
class RealRoutersTest {

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final Node left = new Node(1);
    private final Node middle = new Node(2);
    private final Node right = new Node(3);
    private PipedInterface.Pair connection;
    private EndpointsCore here;
    private EndpointsCore there;
    private LocalDestination destination;
    private final AtomicReference<Link> accepted = new AtomicReference<>();

    private final class Node {

        private final CryptoSuite suite = TestSuite.create();
        private final LocalIdentity identity;
        private final MemoryStore store = new MemoryStore();
        private final RouterCore router;
        private final Executor later = task -> clock.after(Duration.ZERO, task);

        Node(int number) {
            identity = TestIdentity.numbered(suite, number);
            router = new RouterCore(
                    RouterSettings.defaults(64 << 20),
                    new Collaborators(
                            clock,
                            clock,
                            () -> Optional.of(suite),
                            () -> Optional.of(new FewestHops()),
                            List::of,
                            store,
                            identity,
                            Runnable::run,
                            Runnable::run,
                            1,
                            Runnable::run,
                            new Random(number)));
            router.start();
        }

        EndpointsCore endpoints() {
            RouterDoor door = new RouterDoor();
            door.bind(router.packetRouter());
            return new EndpointsCore(new Surroundings(
                    clock,
                    clock,
                    door,
                    Slot.of(suite),
                    Slot.of(router.knownDestinations()),
                    Slot.of(store),
                    new Workers(later, later),
                    new Random(7)::nextBytes,
                    folder,
                    LinkSettings.DEFAULT));
        }
    }

    private PipedInterface.Pair wire(Node one, Node other, String name, long seed) {
        PipedInterface.Pair pair = PipedInterface.pair("a" + seed, name + seed, clock, seed);
        one.router.attach(pair.left());
        other.router.attach(pair.right());
        return pair;
    }

    /** The connection ends and is made anew: for the middle it is the same interface, for the right node another one. */
    private void reconnect(String name) {
        middle.router.detach(connection.left());
        right.router.detach(connection.right());
        connection = wire(middle, right, name, 20);
    }

    @BeforeEach
    void announceOverTwoHops() {
        wire(left, middle, "b", 10);
        connection = wire(middle, right, "b", 20);
        here = left.endpoints();
        there = right.endpoints();
        destination = there.open(
                DestinationSettings.single("kairos.test", right.identity).withProofs(ProofStrategy.ALL));
        destination.onLink(accepted::set);
        destination.announce(Optional.of("hello".getBytes(StandardCharsets.UTF_8)));
        until(
                "the announce is heard",
                () -> left.router.packetRouter().nextHop(destination.address()).isPresent());
    }

    private void until(String what, BooleanSupplier condition) {
        for (int i = 0; i < 120_000 && !condition.getAsBoolean(); i++) {
            clock.advance(Duration.ofMillis(1));
        }
        assertTrue(condition.getAsBoolean(), what);
    }

    private Link connect() {
        AtomicReference<Link> link = new AtomicReference<>();
        here.connect(destination.address()).thenAccept(link::set);
        until("the link is up", () -> link.get() != null && accepted.get() != null);
        return link.get();
    }

    @Test
    void aProbeIsAnsweredOverTwoHops() {
        AtomicReference<ProbeResult> result = new AtomicReference<>();

        here.probe(destination.address(), 16, Duration.ofSeconds(20)).thenAccept(result::set);
        until("a result", () -> result.get() != null);

        assertTrue(result.get().answered());
        assertEquals(2, result.get().hops());
        assertEquals(1, destination.receivedPackets());
    }

    @Test
    void aLinkThroughARepeaterCarriesPacketsRequestsAndResources() throws IOException {
        destination.onRequest("/echo", Access.EVERYBODY, Set.of(), request -> request.data());
        Link link = connect();
        assertEquals(2, link.hops());
        assertEquals(2, accepted.get().hops());

        List<byte[]> received = new ArrayList<>();
        accepted.get().onPacket(received::add);
        link.send(new byte[] {1});
        PendingRequest request = link.request("/echo", "hi", Duration.ZERO);
        until("an answer", () -> request.status() == PendingRequest.Status.READY);
        assertEquals(1, received.size());

        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        AtomicReference<ResourceTransfer> incoming = new AtomicReference<>();
        accepted.get().acceptResources(offer -> Decision.ACCEPT);
        accepted.get().onResource(incoming::set);
        ResourceTransfer sent = link.send(ResourceData.of(data), ResourceOptions.DEFAULT);
        until(
                "the resource arrives",
                () -> sent.status() == Status.COMPLETE && incoming.get().data().isPresent());
        assertArrayEquals(data, incoming.get().data().orElseThrow().open(0).readAllBytes());

        link.close();
        until("closed on both ends", () -> accepted.get().state() == State.CLOSED);
    }

    @Test
    void aLinkFollowsTheOtherEndToTheConnectionThatItHasMadeAnew() {
        destination.onRequest("/echo", Access.EVERYBODY, Set.of(), request -> request.data());
        Link link = connect();
        assertEquals("b20", accepted.get().interfaceName());

        reconnect("c");
        PendingRequest request = link.request("/echo", "hi", Duration.ZERO);

        until("an answer", () -> request.status() == PendingRequest.Status.READY);
        assertEquals("c20", accepted.get().interfaceName());
        reconnect("d");
        PendingRequest second = link.request("/echo", "hi", Duration.ZERO);
        until("an answer again", () -> second.status() == PendingRequest.Status.READY);
    }

    @Test
    void aResourceGoesOnWhenTheConnectionItWasReceivedOverIsMadeAnew() throws IOException {
        Link link = connect();
        accepted.get().acceptResources(offer -> Decision.ACCEPT);
        AtomicReference<ResourceTransfer> incoming = new AtomicReference<>();
        accepted.get().onResource(incoming::set);
        connection.line(PipeLine.PERFECT.withDelay(Duration.ofMillis(5))); // time enough to be in the middle of it
        byte[] data = new byte[300_000];
        new Random(1).nextBytes(data);
        ResourceTransfer sent = link.send(ResourceData.of(data), ResourceOptions.DEFAULT);
        until(
                "half of it is there",
                () -> incoming.get() != null && incoming.get().progress() > 0.5);
        assertTrue(incoming.get().progress() < 1);

        reconnect("c");

        // the sender waits to be asked, and only what it says by itself, a keepalive, tells the receiver whom to ask
        until("the resource arrives", () -> sent.status() == Status.COMPLETE);
        assertEquals(State.ACTIVE, link.state());
        assertArrayEquals(data, incoming.get().data().orElseThrow().open(0).readAllBytes());
    }

    @Test
    void aPathIsAskedForWhereNoneIsKnown() {
        LocalDestination second = there.open(DestinationSettings.single("kairos.second", right.identity));
        AtomicReference<Throwable> failure = new AtomicReference<>();

        here.connect(second.address()).whenComplete((link, thrown) -> failure.set(thrown));
        until("refused, because nobody on the way searches", () -> failure.get() != null);
        second.announce(Optional.empty());
        AtomicReference<Link> link = new AtomicReference<>();
        until(
                "announced",
                () -> left.router.packetRouter().nextHop(second.address()).isPresent());
        here.connect(second.address()).thenAccept(link::set);

        until("the link is up", () -> link.get() != null);
    }
}
