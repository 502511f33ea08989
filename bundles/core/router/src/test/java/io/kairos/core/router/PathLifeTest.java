package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.PathTable;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.TunnelCodec;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Paths when interfaces come and go, time passes, and tables are full. */
class PathLifeTest {

    private static final DestinationHash OTHER = new DestinationHash(7, 8);
    private static final DestinationHash THIRD = new DestinationHash(9, 10);

    private final ManualClock clock = new ManualClock();
    private final TestNode node = new TestNode("node", clock);
    private final TestNode.Keys alice = new TestNode.Keys("alice");
    private final DestinationHash destination = alice.destination("test.one");

    private byte[] announce() {
        return TestNode.announce(alice, "test.one", new byte[0], clock.wallMillis() / 1000, false);
    }

    private Optional<String> via() {
        return node.core
                .packetRouter()
                .nextHop(destination)
                .map(next -> next.via().name());
    }

    /** Lets time pass at once instead of in ten million steps. */
    private void later(Duration time) {
        node.core.stopTimer();
        clock.advance(time);
        node.core.runJobs();
    }

    private byte[] data(int salt) {
        byte[] packet = PacketBytes.build(
                PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE), destination, 0, new byte[] {(byte) salt});
        return PacketBytes.withTransport(packet, packet.length, node.id(), 0, false);
    }

    @Test
    void anotherCandidateTakesOverWhenTheInterfaceGoes() {
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        TestInterface c = node.open("c");
        byte[] raw = announce();
        a.receive(TestNode.relayed(raw, 1, OTHER));
        b.receive(TestNode.relayed(raw, 2, THIRD));
        assertEquals(Optional.of("a"), via());
        PathTable.Explanation explanation =
                node.core.pathTable().explain(destination).orElseThrow();
        assertEquals("reticulum", explanation.strategy());
        assertEquals(1, explanation.others().size());
        assertEquals(3, explanation.others().get(0).hops());

        node.core.detach(a);
        b.drain();
        c.receive(data(1));
        assertEquals(1, b.drain().size(), "the next packet finds the other way at once");
        node.advance(1);
        assertEquals(Optional.of("b"), via());
        assertEquals(
                3, node.core.packetRouter().nextHop(destination).orElseThrow().hops());
    }

    /** The neighbour has its way from us: a way through it would be a loop. */
    @Test
    void ourOwnRepetitionComingBackIsNoOtherCandidate() {
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        byte[] raw = announce();
        a.receive(TestNode.relayed(raw, 1, OTHER));
        b.receive(TestNode.relayed(raw, 3, THIRD));

        a.up(false);
        node.advance(1);

        assertEquals(
                List.of(),
                node.core.pathTable().explain(destination).orElseThrow().others());
        assertEquals(Optional.of("a"), via());
    }

    @Test
    void aPathIsBackWithItsInterface() {
        TestInterface a = node.open("a");
        a.receive(TestNode.relayed(announce(), 1, OTHER));
        node.core.detach(a);
        node.advance(1);
        assertTrue(via().isEmpty());
        node.core.attach(a);
        assertEquals(Optional.of("a"), via());
    }

    @Test
    void aPathOverADownInterfaceGivesWayToOneThatIsUp() {
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        byte[] raw = announce();
        a.receive(TestNode.relayed(raw, 1, OTHER));
        b.receive(TestNode.relayed(raw, 1, THIRD));
        a.up(false);
        node.advance(1);
        assertEquals(Optional.of("b"), via());
    }

    @Test
    void pathsEndAWeekAfterTheirLastUseAndSoonerOnMovingInterfaces() {
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        a.receive(TestNode.relayed(announce(), 1, OTHER));
        later(Duration.ofDays(6));
        b.receive(data(1)); // use keeps it
        later(Duration.ofDays(6));
        assertEquals(Optional.of("a"), via());
        later(Duration.ofDays(2));
        assertTrue(via().isEmpty());

        a.policy("mode", "roaming");
        a.receive(TestNode.relayed(announce(), 1, OTHER));
        later(Duration.ofMinutes(359));
        assertEquals(Optional.of("a"), via());
        later(Duration.ofMinutes(2));
        assertTrue(via().isEmpty());
    }

    @Test
    void whoIsNeitherUsedNorReachableIsForgotten() {
        TestInterface a = node.open("a");
        a.receive(TestNode.relayed(announce(), 1, OTHER));
        node.core.pathTable().drop(destination);
        clock.advance(Duration.ofMinutes(5));
        assertEquals(1, node.core.knownDestinations().size(), "heard within six minutes");
        clock.advance(Duration.ofMinutes(6));
        assertEquals(0, node.core.knownDestinations().size());

        a.receive(TestNode.relayed(announce(), 1, OTHER));
        node.core.knownDestinations().retain(destination);
        node.core.pathTable().drop(destination);
        later(Duration.ofDays(30));
        assertEquals(1, node.core.knownDestinations().size());
    }

    @Test
    void withoutStrategyTheFirstPathStays() {
        node.strategy = Optional.empty();
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        a.receive(TestNode.relayed(announce(), 3, OTHER));
        clock.advance(Duration.ofSeconds(5));
        b.receive(TestNode.relayed(announce(), 1, THIRD));
        assertEquals(Optional.of("a"), via());
        assertEquals(
                "none", node.core.pathTable().explain(destination).orElseThrow().strategy());
    }

    @Test
    void aFullTableKeepsThePathsThatAreUsed() {
        RouterSettings small = new RouterSettings("main", true, 100, 10, 1024, 1000, 4096, 65_536);
        TestNode limited = new TestNode(new TestNode.Keys("small"), clock, small, new MemoryStore());
        TestInterface a = limited.open("a").policy("ingress.control", "false");
        TestInterface b = limited.open("b");
        a.receive(TestNode.relayed(announce(), 1, OTHER));
        clock.advance(Duration.ofSeconds(1));
        byte[] packet = data(1);
        limited.id().writeTo(packet, 2);
        b.receive(packet);
        for (int i = 0; i < 1000; i++) {
            a.receive(TestNode.relayed(
                    TestNode.announce(alice, "test.flood" + i, new byte[0], clock.wallMillis() / 1000, false),
                    1,
                    OTHER));
        }
        assertEquals(100, limited.core.pathTable().size());
        assertEquals(100, limited.core.knownDestinations().size());
        assertEquals(901, limited.refused(Refusal.PATH_EVICTED));
        assertTrue(limited.core.packetRouter().nextHop(destination).isPresent());
    }

    @Test
    void aTunnelKeepsPathsForTheNextConnection() {
        TestNode.Keys peer = new TestNode.Keys("peer");
        byte[] request = TunnelCodec.packet(
                peer.publicIdentity().toBytes(), "TCPInterface[hub/192.0.2.1:4242]", new byte[16], peer::sign);
        TestInterface first = node.open("client 1");
        first.receive(request);
        first.receive(TestNode.relayed(announce(), 1, OTHER));
        node.core.detach(first);
        assertTrue(via().isEmpty());
        clock.advance(Duration.ofHours(2));

        TestInterface second = node.open("client 2");
        assertTrue(via().isEmpty());
        second.receive(request.clone());

        assertEquals(Optional.of("client 2"), via());
        assertEquals(
                2, node.core.packetRouter().nextHop(destination).orElseThrow().hops());
    }

    @Test
    void aConnectingInterfaceAsksForATunnelWheneverItComesUp() {
        TestInterface test = new TestInterface("client").tunnel();
        node.core.attach(test);
        assertEquals(1, tunnelRequests(test));
        test.up(false);
        test.up(true);
        assertEquals(1, tunnelRequests(test));
    }

    private static long tunnelRequests(TestInterface test) {
        return test.drain().stream()
                .filter(raw -> PacketBytes.destination(raw, 0).equals(TunnelCodec.DESTINATION))
                .count();
    }

    @Test
    void aLinkThatIsNeverProvedMakesTheRouterAskAgain() {
        TestInterface a = node.open("a");
        TestInterface b = node.open("b");
        b.receive(announce());
        node.advance(10);
        byte[] request = PacketBytes.build(
                PacketBytes.flags(PacketType.LINK_REQUEST, DestinationType.SINGLE), destination, 0, new byte[67]);
        a.receive(PacketBytes.withTransport(request, request.length, node.id(), 0, false));
        assertEquals(1, node.core.router().transitLinks());
        a.drain();
        b.drain();
        node.advance(15);
        assertEquals(0, node.core.router().transitLinks());
        assertEquals(0, a.drain().size(), "not where the link came from");
        assertEquals(1, b.drain().size());
    }

    @Test
    void aListenerThatWantsToKnowIsToldWhichPacketItWas() {
        List<String> told = new ArrayList<>();
        node.listeners.add(new io.kairos.api.routing.AnnounceListener() {
            @Override
            public void heard(io.kairos.api.identity.KnownDestination announced, int hops, boolean response) {
                told.add("without");
            }

            @Override
            public void heard(
                    io.kairos.api.identity.KnownDestination announced, int hops, boolean response, byte[] packetHash) {
                told.add(HexFormat.of().formatHex(packetHash));
            }
        });
        byte[] raw = announce();

        node.open("a").receive(raw.clone());

        String hash = HexFormat.of().formatHex(PacketBytes.hash(raw));
        assertEquals(List.of(hash), told);
        assertEquals(
                Optional.of(hash),
                node.core.parts().repeats().packetHash(destination).map(HexFormat.of()::formatHex),
                "what is repeated is the same packet");
        assertEquals(Optional.empty(), node.core.parts().repeats().packetHash(OTHER));
    }

    @Test
    void aListenerThatCannotSayWhatItWantsKeepsNobodyElseFromHearing() {
        List<String> heard = new ArrayList<>();
        node.listeners.add(new io.kairos.api.routing.AnnounceListener() {
            @Override
            public String nameFilter() {
                throw new IllegalStateException("broken");
            }

            @Override
            public void heard(io.kairos.api.identity.KnownDestination announced, int hops, boolean response) {
                heard.add("broken");
            }
        });
        node.listeners.add((announced, hops, response) -> heard.add("sound"));

        node.open("a").receive(announce());

        assertEquals(List.of("sound"), heard);
    }

    @Test
    void listenersAreToldOfTheNamesTheyWant() {
        List<String> heard = new ArrayList<>();
        node.listeners.add((announced, hops, response) -> heard.add("all " + hops));
        node.listeners.add(new io.kairos.api.routing.AnnounceListener() {
            @Override
            public String nameFilter() {
                return "test.two";
            }

            @Override
            public void heard(io.kairos.api.identity.KnownDestination announced, int hops, boolean response) {
                heard.add("two");
            }
        });
        TestInterface a = node.open("a");
        a.receive(announce());
        a.receive(TestNode.announce(alice, "test.two", new byte[0], 1, false));
        a.receive(TestNode.announce(alice, "test.two", new byte[0], 2, true));
        assertEquals(List.of("all 1", "all 1", "two"), heard);
        assertFalse(node.core.router().announces().isEmpty());
    }
}
