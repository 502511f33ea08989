package io.kairos.test.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfacePolicy;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.RouterSettings;
import io.kairos.test.kit.PipedInterface;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand strangers announce themselves on one interface while work goes on over others. */
class StormTest {

    private static final int STRANGERS = 10_000;
    private static final int PATHS = 2_000;
    private static final int QUEUE = 512;
    /** A thousandth of the bandwidth is for announces, so most of what the hub would repeat has to wait. */
    private static final InterfacePolicy THRIFTY = InterfacePolicy.parse(Map.of("announce.cap.percent", "0.1"), 16);

    private static List<byte[]> announces = List.of();

    @TempDir
    private Path folder;

    private Mesh mesh;
    private Node alice;
    private Node hub;
    private Node bob;
    private Node late;
    private PipedInterface storm;

    @BeforeAll
    static void makeStrangers() {
        announces = IntStream.range(0, STRANGERS)
                .parallel()
                .mapToObj(i -> new Keys("stranger " + i).announce("test.storm", 1_767_225_600L))
                .toList();
    }

    @AfterAll
    static void forgetStrangers() {
        announces = List.of();
    }

    private void build(InterfacePolicy policy) {
        mesh = new Mesh(41, folder);
        alice = mesh.node("alice");
        RouterSettings settings = new RouterSettings("main", true, PATHS, 100, 2_000, 50_000, QUEUE, 2 * QUEUE);
        hub = mesh.node("hub", settings);
        bob = mesh.node("bob");
        late = mesh.node("late");
        mesh.join(alice, hub, Mesh.CABLE, THRIFTY);
        mesh.join(hub, bob, Mesh.CABLE, THRIFTY);
        mesh.join(hub, late, Mesh.CABLE, THRIFTY);
        PipedInterface.Pair outside = PipedInterface.pair("storm", "storm'", mesh.clock, 5);
        outside.left().policy(policy);
        hub.attach(outside.left());
        storm = outside.left();
        bob.announce();
        mesh.until("the path is known", Duration.ofMinutes(1), () -> alice.knowsPath(bob));
        alice.endpoints.send(bob.address(), new byte[] {0});
        mesh.pass(Duration.ofMinutes(1));
    }

    /** Two hundred a second, with a packet every second, and a new neighbour in the middle of it. */
    private void blow() {
        int perStep = 10;
        for (int i = 0; i < STRANGERS; i += perStep) {
            announces.subList(i, i + perStep).forEach(storm::receive);
            if (i % 200 == 0) {
                alice.endpoints.send(bob.address(), new byte[] {1});
            }
            if (i == STRANGERS / 2) {
                late.announce();
            }
            if (i == STRANGERS / 2 + 400) {
                assertTrue(hub.knowsPath(late), "a path of another interface is learned within two seconds");
            }
            mesh.pass(Duration.ofMillis(50));
            assertTrue(hub.core.pathTable().size() <= PATHS);
        }
        mesh.pass(Duration.ofSeconds(10));
    }

    private void workWentOn() {
        assertEquals(1 + STRANGERS / 200, bob.received.size(), "every packet was forwarded");
        assertTrue(hub.knowsPath(bob), "a path in use is not pushed out");
        alice.endpoints.send(bob.address(), new byte[] {2});
        mesh.pass(Duration.ofSeconds(5));
        assertEquals(2 + STRANGERS / 200, bob.received.size());
    }

    @Test
    void withIngressControlMostOfThemAreHeldBackAndCounted() {
        build(InterfacePolicy.DEFAULT);

        blow();

        workWentOn();
        long held = hub.refused(Refusal.ANNOUNCE_HELD);
        long full = hub.refused(Refusal.ANNOUNCE_HELD_FULL);
        assertEquals(256, hub.view(storm).heldAnnounces());
        assertTrue(
                hub.core.pathTable().size() < 100,
                "paths: " + hub.core.pathTable().size());
        assertEquals(STRANGERS, held + full + strangersTaken(), 100, "each is taken or counted");
        assertTrue(hub.core.router().announces().size() <= 256);
        mesh.until(
                "what was held is let go, one every few seconds",
                Duration.ofHours(1),
                () -> hub.view(storm).heldAnnounces() == 0);
    }

    private long strangersTaken() {
        return hub.core.pathTable().size();
    }

    @Test
    void withoutIngressControlTablesStayBoundedAndWhatIsUsedStays() {
        build(Mesh.PATIENT);

        blow();

        workWentOn();
        assertEquals(PATHS, hub.core.pathTable().size(), "full, and no fuller");
        assertTrue(hub.refused(Refusal.PATH_EVICTED) >= STRANGERS - PATHS - 10);
        assertTrue(hub.refused(Refusal.KNOWN_EVICTED) > 0);
        for (PipedInterface end : hub.interfaces) {
            assertTrue(hub.view(end).queuedAnnounces() <= 16_384, end.name());
        }
    }

    /** More at once than can be checked: the queue of the interface is full, that of the others is not. */
    @Test
    void aBurstAtOnceFillsOneQueueOnly() {
        build(Mesh.PATIENT);

        announces.forEach(storm::receive);
        late.announce();
        mesh.pass(Duration.ofSeconds(5));

        assertTrue(hub.knowsPath(late));
        assertEquals(STRANGERS - QUEUE, hub.refused(Refusal.ANNOUNCE_QUEUE_FULL));
        assertTrue(hub.core.pathTable().size() >= QUEUE, "those in the queue were taken");
    }
}
