package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kairos.api.identity.Blackholed;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.Vectors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a router still knows after it was stopped, killed or replaced. */
class RestartTest {

    private static final DestinationHash OTHER = new DestinationHash(7, 8);

    private final ManualClock clock = new ManualClock();
    private final MemoryStore store = new MemoryStore();
    private final TestNode.Keys keys = new TestNode.Keys("node");
    private final TestNode.Keys alice = new TestNode.Keys("alice");

    private TestNode start() {
        return new TestNode(keys, clock, true, store);
    }

    private byte[] announce(String name) {
        return TestNode.announce(alice, name, new byte[] {1, 2, 3}, clock.wallMillis() / 1000, false);
    }

    @Test
    void pathsAreBackWhenTheirInterfaceAppears() {
        TestNode before = start();
        TestInterface a = before.open("a");
        byte[] raw = announce("test.one");
        DestinationHash destination = PacketBytes.destination(raw, 0);
        a.receive(TestNode.relayed(raw, 2, OTHER));
        before.core.stop();
        clock.advance(Duration.ofMinutes(10));

        TestNode after = start();
        assertEquals(1, after.core.knownDestinations().size());
        assertTrue(after.core.packetRouter().nextHop(destination).isEmpty(), "its interface is not there yet");
        after.open("b");
        assertTrue(after.core.packetRouter().nextHop(destination).isEmpty(), "another interface does not count");
        TestInterface again = after.open("a");

        assertEquals(
                3, after.core.packetRouter().nextHop(destination).orElseThrow().hops());
        assertEquals(
                3,
                after.core
                        .knownDestinations()
                        .peek(destination)
                        .orElseThrow()
                        .appData()
                        .orElseThrow()
                        .length);
        long heard =
                after.core.pathTable().find(destination).orElseThrow().path().heardMillis();
        assertEquals(Duration.ofMinutes(10).toMillis(), clock.wallMillis() - heard);
        again.drain();
        again.receive(TestNode.relayed(raw, 2, OTHER));
        after.advance(1);
        assertTrue(again.drain().isEmpty(), "the announce is known, so it is not repeated");
    }

    @Test
    void aKilledRouterLosesOnlyWhatIsNew() {
        TestNode killed = start();
        TestInterface a = killed.open("a").policy("ingress.control", "false");
        for (int i = 0; i < 40; i++) {
            a.receive(TestNode.relayed(announce("test.n" + i), 2, OTHER));
        }
        clock.advance(Duration.ofMinutes(6));

        TestNode after = start();
        after.open("a");

        assertEquals(40, after.core.pathTable().size());
        assertTrue(
                after.core.packetRouter().nextHop(alice.destination("test.n7")).isPresent());
    }

    @Test
    void transitLinksAndSeenPacketsOutliveTheRouter() {
        VectorNode vectors = new VectorNode("x");
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, "link_forwarding");
        TestNode.Keys recorded = vectors.node.identity;
        TestNode before = new TestNode(recorded, clock, true, store);
        TestInterface a = before.open("a");
        TestInterface b = before.open("b");
        byte[] request = VectorNode.hex(rows.get(0).get("in").get("a").asText());
        byte[] bob = new TestNode.Keys(VectorNode.hex(Vectors.cases(RestartTest.class, "packets.json", "packets")
                        .get(1)
                        .get("recipient_private_key")
                        .asText()))
                .publicIdentity()
                .toBytes();
        LinkScenario.prepare(before, PacketBytes.destination(request, 0), bob, b);
        a.receive(request);
        b.receive(VectorNode.hex(rows.get(3).get("in").get("b").asText()));
        byte[] first = VectorNode.hex(rows.get(4).get("in").get("a").asText());
        a.receive(first);
        assertEquals(1, before.core.router().transitLinks());
        before.core.stop();
        b.drain();

        TestNode after = new TestNode(recorded, clock, true, store);
        after.core.attach(a);
        after.core.attach(b);
        a.receive(first);
        assertTrue(b.drain().isEmpty(), "this packet went through before the restart");
        b.receive(VectorNode.hex(rows.get(5).get("in").get("b").asText()));
        assertEquals(
                1,
                a.drain().stream()
                                .filter(raw -> PacketBytes.destinationType(raw, 0) == 3)
                                .count()
                        - 1);
    }

    @Test
    void aProofFindsItsWayBackOverAReplacementOfTheRouter() {
        List<JsonNode> rows = Vectors.cases(VectorNode.FILE, "data_forwarding");
        TestNode.Keys recorded = new VectorNode("x").node.identity;
        TestNode before = new TestNode(recorded, clock, true, store);
        TestInterface a = before.open("a");
        TestInterface b = before.open("b");
        byte[] packet = VectorNode.hex(rows.get(1).get("in").get("a").asText());
        DestinationHash destination = PacketBytes.destination(packet, 0);
        long now = clock.wallMillis();
        var way = new io.kairos.core.router.path.Candidate(
                before.core.parts().ports().of(b).anchor(),
                destination,
                1,
                now,
                now,
                now + 1_000_000,
                io.kairos.lib.wire.AnnounceCodec.decode(new byte[148], false));
        before.core.parts().paths().restore(destination, List.of(way), new byte[0], "test");
        a.receive(packet);
        assertEquals(1, b.drain().size(), "forwarded");
        before.core.stop();
        a.drain();
        clock.advance(Duration.ofSeconds(30));

        TestNode after = new TestNode(recorded, clock, true, store);
        TestInterface added = after.open("other"); // takes a number that an interface from before had
        after.core.attach(b);
        after.core.attach(a);
        b.receive(VectorNode.hex(rows.get(3).get("in").get("b").asText()));

        assertEquals(1, a.drain().size(), "the proof");
        assertTrue(added.drain().isEmpty());
    }

    @Test
    void refusedIdentitiesStayRefused() {
        TestNode before = start();
        TestInterface a = before.open("a");
        a.receive(announce("test.one"));
        assertEquals(1, before.core.pathTable().size());
        before.core
                .knownDestinations()
                .blackhole(new Blackholed(
                        alice.publicIdentity().hash(),
                        keys.publicIdentity().hash(),
                        Optional.of(clock.wallMillis() + 3_600_000),
                        Optional.of("noisy")));
        assertEquals(0, before.core.pathTable().size(), "its paths are gone");

        TestNode after = start();
        TestInterface b = after.open("b");
        b.receive(announce("test.two"));
        assertEquals(0, after.core.pathTable().size());
        assertEquals(1, after.refused(Refusal.ANNOUNCE_BLACKHOLED));
        clock.advance(Duration.ofMinutes(62));
        b.receive(announce("test.two"));
        assertEquals(1, after.core.pathTable().size(), "the refusal was for an hour");
    }

    @Test
    void damagedTablesDoNotKeepTheRouterFromStarting() {
        TestNode before = start();
        before.open("a").receive(announce("test.one"));
        before.core.stop();
        for (String name : store.list("router")) {
            byte[] content = store.read(name).orElseThrow();
            for (int cut = 0; cut < content.length; cut += Math.max(1, content.length / 20)) {
                byte[] damaged = java.util.Arrays.copyOf(content, cut);
                store.write(name, damaged);
                start().core.parts();
            }
            byte[] noise = content.clone();
            new java.util.Random(1).nextBytes(noise);
            store.write(name, noise);
            start();
        }
        TestNode after = start();
        TestInterface a = after.open("a");
        a.receive(announce("test.two"));
        assertTrue(
                after.core.packetRouter().nextHop(alice.destination("test.two")).isPresent());
    }

    @Test
    void aClockThatIsSetLateDoesNotAgePaths() {
        TestNode node = start();
        node.open("a").receive(announce("test.one"));
        node.core.stop();
        ManualClock early = new ManualClock(0);
        TestNode after = new TestNode(keys, early, true, store);
        after.open("a");
        early.advance(Duration.ofMinutes(1));
        assertFalse(
                after.core.packetRouter().nextHop(alice.destination("test.one")).isEmpty());
    }

    /** A path and a public key, as the recorded link scenarios presuppose. */
    static final class LinkScenario {

        private LinkScenario() {}

        static void prepare(TestNode node, DestinationHash destination, byte[] publicKeys, TestInterface towards) {
            var announce = io.kairos.lib.wire.AnnounceCodec.decode(java.util.Arrays.copyOf(publicKeys, 148), false);
            node.core.parts().known().store(destination, io.kairos.lib.bytes.Hashes.identity(publicKeys), announce);
            long now = node.clock.wallMillis();
            var way = new io.kairos.core.router.path.Candidate(
                    node.core.parts().ports().of(towards).anchor(), OTHER, 2, now, now, now + 1_000_000, announce);
            node.core.parts().paths().restore(destination, List.of(way), new byte[0], "test");
        }
    }
}
