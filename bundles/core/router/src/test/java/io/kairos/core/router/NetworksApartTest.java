package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.health.Metric;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Neighbour;
import io.kairos.core.router.TestNode.Destination;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** Two routers of one node behind one desk, on one store, each with a neighbour of its own. */
class NetworksApartTest {

    private static final Endpoint SERVER = Endpoint.port("tcp", "", 4242);
    private static final Endpoint CLIENT = Endpoint.port("tcp", "127.0.0.1", 4242);

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore();
    private final InterfaceDesk desk = new InterfaceDesk();
    private final TestNode main = node("main");
    private final TestNode dev = node("dev");
    private final TestNode alice = new TestNode("alice", clock);
    private final TestNode bob = new TestNode("bob", clock);
    private long services;

    @BeforeEach
    void aNeighbourForEach() {
        join(main, "main");
        join(dev, "dev");
        neighbour(alice, "main");
        neighbour(bob, "dev");
    }

    @Test
    void announcesPathsAndPacketsStayInTheirNetwork() {
        Destination near = alice.destination("test.near");
        Destination far = bob.destination("test.far");
        near.announce();
        far.announce();
        clock.advance(Duration.ofSeconds(30));

        assertTrue(knows(main, near.hash) && knows(dev, far.hash), "each hears its own");
        assertFalse(knows(main, far.hash) || knows(dev, near.hash) || knows(alice, far.hash) || knows(bob, near.hash));
        assertEquals(Optional.of(false), asked(alice, far.hash));
        assertEquals(Optional.of(false), asked(main, far.hash));
        assertEquals(0, far.requests);
    }

    /** The same wires with endpoints the desk cannot compare: without it the networks would be one. */
    @Test
    void aWireFromOneToTheOtherIsClosedAndWouldJoinThemOtherwise() {
        Destination far = bob.destination("test.far");
        TestInterface client = bridge(SERVER, CLIENT);
        far.announce();
        clock.advance(Duration.ofSeconds(30));
        assertFalse(knows(main, far.hash));
        assertTrue(dev.core.router().interfaces().stream()
                .noneMatch(view -> view.name().equals(client.name())));

        bridge(new Endpoint("a", "x", ""), new Endpoint("b", "x", ""));
        clock.advance(Duration.ofSeconds(30));
        far.announce();
        clock.advance(Duration.ofSeconds(30));
        assertTrue(knows(main, far.hash), "the test would see it");
    }

    @Test
    void whatIsStoredBelongsToOneNetwork() {
        Destination near = alice.destination("test.near");
        Destination far = bob.destination("test.far");
        near.announce();
        far.announce();
        clock.advance(Duration.ofSeconds(30));

        main.core.stop();
        dev.core.stop();
        TestNode again = node("dev");
        join(again, "dev");

        assertTrue(again.core.knownDestinations().peek(far.hash).isPresent());
        assertTrue(again.core.knownDestinations().peek(near.hash).isEmpty());
        assertTrue(store.list("").stream()
                .allMatch(name -> name.startsWith("router/main/") || name.startsWith("router/dev/")));
    }

    @Test
    void neighboursSeeTwoNodes() {
        assertNotEquals(main.id(), dev.id());
        assertEquals(
                List.of("main"),
                main.core.metrics().metrics().stream()
                        .map(metric -> metric.labels().get("network"))
                        .distinct()
                        .toList());
        assertEquals("interfaces, network dev", dev.core.interfaceCheck().subject());
        assertEquals("interfaces", main.core.interfaceCheck().subject());
    }

    @Test
    void metricsTellHowManyNeighboursWereHeardAndNotWho() {
        Neighbour heard = new Neighbour("N0CALL-7", 3, 1_500, 0, Optional.empty());
        TestInterface.open("air", main.core).hears(heard, new Neighbour("N0CALL-8", 1, 20, 0, Optional.empty()));

        List<Metric> metrics = main.core.metrics().metrics().stream()
                .filter(metric -> metric.name().equals("kairos_interface_neighbours"))
                .filter(metric -> "air".equals(metric.labels().get("interface")))
                .toList();
        assertEquals(1, metrics.size());
        assertEquals(2, metrics.get(0).value());
        assertFalse(main.core.metrics().metrics().toString().contains("N0CALL"));
    }

    private TestNode node(String network) {
        RouterSettings usual = RouterSettings.defaults(64 << 20);
        RouterSettings settings = new RouterSettings(
                network,
                true,
                usual.pathLimit(),
                usual.linkLimit(),
                usual.reverseLimit(),
                usual.duplicateGeneration(),
                usual.announceQueue(),
                usual.announceQueueTotal());
        return new TestNode(new TestNode.Keys("node in " + network), clock, settings, store);
    }

    private void join(TestNode node, String network) {
        node.core.watch(desk::changed);
        desk.join(network, new InterfaceDesk.Host() {
            @Override
            public void attach(MeshInterface medium) {
                node.core.attach(medium);
            }

            @Override
            public void detach(MeshInterface medium) {
                node.core.detach(medium);
            }

            @Override
            public boolean forwards() {
                return node.core.router().forwards();
            }
        });
    }

    private void neighbour(TestNode other, String network) {
        TestInterface here = new TestInterface("to-" + network).policy("network", network);
        TestInterface there = new TestInterface("from-" + network);
        here.wire(there);
        other.core.attach(there);
        bind(here);
    }

    private TestInterface bridge(Endpoint server, Endpoint client) {
        TestInterface one =
                new TestInterface("server" + services).policy("network", "main").meetingAt(server);
        TestInterface other =
                new TestInterface("client" + services).policy("network", "dev").meetingAt(client);
        one.wire(other);
        bind(one);
        bind(other);
        return other;
    }

    private void bind(MeshInterface medium) {
        desk.bindInterface(medium, Map.of(Constants.SERVICE_ID, ++services));
    }

    private static boolean knows(TestNode node, DestinationHash destination) {
        return node.core.packetRouter().nextHop(destination).isPresent()
                || node.core.knownDestinations().peek(destination).isPresent();
    }

    private Optional<Boolean> asked(TestNode node, DestinationHash destination) {
        var answer = node.core
                .packetRouter()
                .requestPath(destination, Duration.ofSeconds(5))
                .toCompletableFuture();
        clock.advance(Duration.ofSeconds(10));
        return Optional.ofNullable(answer.getNow(null));
    }
}
