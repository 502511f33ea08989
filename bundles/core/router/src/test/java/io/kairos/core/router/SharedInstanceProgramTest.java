package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.routing.InterfaceHandle;
import io.kairos.api.routing.LocalReceiver;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A node that is itself a program of a shared instance on its machine (docs/protocol/shared-instance.md, 2.2 and 2.3). */
class SharedInstanceProgramTest {

    private static final String NAME = "kairos.program";
    private static final DestinationHash INSTANCE = new DestinationHash(0x1111, 0x2222);

    private final ManualClock clock = new ManualClock();
    private final TestNode node = new TestNode(new TestNode.Keys("node"), clock, false, new MemoryStore());
    private final TestNode.Keys far = new TestNode.Keys("far");
    private final DestinationHash there = far.destination(NAME);
    private final TestInterface up = TestInterface.sharedInstance("upstream", node.core);

    /** As a shared instance tells its programs of an announce that it has heard. */
    private byte[] told(int hops) {
        return TestNode.relayed(
                TestNode.announce(far, NAME, new byte[] {1}, clock.wallMillis() / 1000, false), hops, INSTANCE);
    }

    private static byte[] data(DestinationHash to, String text) {
        return PacketBytes.build(PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE), to, 0, text.getBytes());
    }

    private int hopsTo(DestinationHash destination) {
        return node.core.packetRouter().nextHop(destination).orElseThrow().hops();
    }

    private List<byte[]> registrations() {
        return up.drain().stream()
                .filter(raw -> PacketBytes.type(raw, 0) == PacketType.ANNOUNCE.bits())
                .toList();
    }

    @Test
    void theWayToTheInstanceIsNoHop() {
        up.receive(told(1));
        assertEquals(1, hopsTo(there), "a neighbour of the instance");

        TestNode.Keys beside = new TestNode.Keys("beside");
        up.receive(TestNode.relayed(
                TestNode.announce(beside, NAME, new byte[0], clock.wallMillis() / 1000, false), 0, INSTANCE));
        assertEquals(0, hopsTo(beside.destination(NAME)), "another program of the instance");
    }

    @Test
    void neighboursOfTheInstanceAreReachedThroughItsAddress() {
        up.receive(told(1));
        byte[] packet = data(there, "through the instance");
        node.core.packetRouter().send(packet);

        byte[] sent = up.drain().get(0);
        assertTrue(PacketBytes.hasTransport(sent, 0));
        assertEquals(INSTANCE, PacketBytes.transport(sent, 0));
        assertEquals(0, PacketBytes.hops(sent, 0));
        assertEquals(there, PacketBytes.destination(sent, 0));
        assertArrayEquals(PacketBytes.hash(packet), PacketBytes.hash(sent));
    }

    @Test
    void otherProgramsOfTheInstanceAreReachedWithoutIt() {
        up.receive(told(0));
        byte[] packet = data(there, "beside us");
        node.core.packetRouter().send(packet);

        assertArrayEquals(packet, up.drain().get(0));
    }

    @Test
    void nothingIsFilteredThatTheInstanceHasFilteredAlready() {
        TestNode.Destination here = node.destination(NAME);
        byte[] packet = data(here.hash, "twice");
        up.receive(packet);
        up.receive(packet);
        up.receive(PacketBytes.withTransport(packet, packet.length, INSTANCE, 0, false));

        assertEquals(3, here.received.size());
        assertEquals(0, here.received.get(0).hops());
    }

    @Test
    void aDestinationRegistersAQuarterOfASecondAfterItWasOpened() {
        TestNode.Destination here = node.destination(NAME);
        node.advance(0.2);
        assertEquals(List.of(), registrations());
        node.advance(0.1);

        List<byte[]> sent = registrations();
        assertEquals(1, sent.size());
        assertEquals(here.hash, PacketBytes.destination(sent.get(0), 0));
        assertEquals(PacketContext.PATH_RESPONSE, PacketBytes.context(sent.get(0), 0));
        assertFalse(PacketBytes.hasTransport(sent.get(0), 0));
        node.advance(60);
        assertEquals(List.of(), registrations());
    }

    @Test
    void aDestinationThatWasClosedMeanwhileDoesNot() {
        var registration = node.core.packetRouter().register(there, DestinationType.SINGLE, new Recorder());
        registration.close();
        node.advance(1);
        assertEquals(List.of(), registrations());
    }

    @Test
    void allDestinationsRegisterAgainTenSecondsAfterTheInstanceIsBack() {
        node.destination(NAME);
        node.destination("kairos.other");
        node.advance(1);
        assertEquals(2, registrations().size());

        up.up(false);
        node.advance(20);
        up.up(true);
        node.advance(9.9);
        assertEquals(List.of(), registrations());
        node.advance(0.2);
        assertEquals(2, registrations().size());
        node.advance(60);
        assertEquals(0, registrations().size());
    }

    @Test
    void whatWasLearnedOverTheInstanceEndsWithIt() {
        TestInterface other = node.open("other").policy("ingress.control", "false");
        TestNode.Keys elsewhere = new TestNode.Keys("elsewhere");
        up.receive(told(1));
        other.receive(TestNode.announce(elsewhere, NAME, new byte[0], clock.wallMillis() / 1000, false));
        Recorder link = new Recorder();
        node.core.packetRouter().register(new DestinationHash(5, 5), DestinationType.LINK, link);

        up.up(false);
        node.advance(0.1);

        assertTrue(node.core.packetRouter().nextHop(there).isEmpty());
        assertEquals(1, hopsTo(elsewhere.destination(NAME)), "other ways stay");
        assertEquals(List.of("upstream"), link.lost);
        up.up(true);
        node.advance(0.1);
        assertTrue(node.core.packetRouter().nextHop(there).isEmpty(), "it does not come back by itself");
    }

    @Test
    void pathRequestsGoToTheInstanceWithoutAnAddressOfOurs() {
        node.core.packetRouter().requestPath(there, java.time.Duration.ofSeconds(15));
        byte[] asked = up.drain().get(0);
        assertEquals(PathRequestCodec.DESTINATION, PacketBytes.destination(asked, 0));
        assertEquals(PacketBytes.SHORT_HEADER + 32, asked.length);
    }

    @Test
    void theInstanceIsAnsweredForOwnDestinationsAlone() {
        TestNode.Destination here = node.destination(NAME);
        node.advance(1);
        up.drain();
        up.receive(told(0));
        up.receive(request(there, 1));
        node.advance(1);
        assertEquals(List.of(), up.drain(), "what it has told us is not told back");
        up.receive(request(here.hash, 2));
        assertEquals(1, registrations().size());
    }

    @Test
    void afterAFailureTheInstanceIsNotAskedForThePathItHasToldAlready() {
        up.receive(told(1));
        node.core.packetRouter().expirePath(there);
        node.core.packetRouter().rediscover(there);
        node.advance(5);
        assertEquals(List.of(), up.drain());
    }

    @Test
    void nothingOfItIsStored() {
        up.receive(told(1));
        node.core.stop();
        TestNode next = new TestNode(new TestNode.Keys("node"), clock, false, node.store);
        TestInterface.sharedInstance("upstream", next.core);
        assertTrue(next.core.packetRouter().nextHop(there).isEmpty());
    }

    @Test
    void programsOfThisNodeReachNeighboursOfTheInstance() {
        TestInterface program = TestInterface.program("programs/1", node.core);
        TestNode.Keys keys = new TestNode.Keys("program");
        program.receive(TestNode.announce(keys, NAME, new byte[0], clock.wallMillis() / 1000, true));
        up.receive(told(1));
        up.drain();
        program.drain();

        byte[] packet = data(there, "twice removed");
        program.receive(PacketBytes.withTransport(packet, packet.length, node.id(), 0, false));
        byte[] sent = up.drain().get(0);
        assertEquals(INSTANCE, PacketBytes.transport(sent, 0));
        assertEquals(0, PacketBytes.hops(sent, 0));

        byte[] proof = PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.SINGLE),
                DestinationHash.of(PacketBytes.hash(packet), 0),
                0,
                new byte[64]);
        up.receive(proof);
        assertArrayEquals(proof, program.drain().get(0));
    }

    @Test
    void anOriginThatHidesIsNotHiddenFromTheInstance() {
        TestNode hiding = new TestNode(
                new TestNode.Keys("hiding"),
                clock,
                RouterSettings.defaults(64 << 20).withForward(false).withHiddenOrigin(),
                new MemoryStore());
        TestInterface way = TestInterface.sharedInstance("upstream", hiding.core);
        hiding.destination(NAME).announce();

        byte[] sent = way.drain().get(0);
        assertEquals(0, PacketBytes.hops(sent, 0));
        assertFalse(PacketBytes.hasTransport(sent, 0));

        TestNode.Keys keys = new TestNode.Keys("program");
        TestInterface line = hiding.open("line");
        hiding.advance(1);
        way.drain();
        TestInterface.program("programs/1", hiding.core)
                .receive(TestNode.announce(keys, NAME, new byte[0], clock.wallMillis() / 1000, false));
        hiding.advance(1);
        assertEquals(0, PacketBytes.hops(way.drain().get(0), 0));
        assertTrue(PacketBytes.hops(line.drain().get(0), 0) >= 2);
    }

    @Test
    void afterAFailureOtherInterfacesAreAsked() {
        TestInterface other = node.open("other");
        node.core.packetRouter().rediscover(there);
        node.advance(5);
        assertEquals(1, other.drain().size());
        assertEquals(List.of(), up.drain());
    }

    private static byte[] request(DestinationHash wanted, int tag) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) tag);
        return PathRequestCodec.packet(
                new PathRequest(wanted, Optional.empty(), PathRequest.Tag.of(bytes, 0, bytes.length)));
    }

    private static final class Recorder implements LocalReceiver {

        final List<String> lost = new ArrayList<>();

        @Override
        public boolean received(InboundPacket packet) {
            return true;
        }

        @Override
        public void wayLost(InterfaceHandle over) {
            lost.add(over.name());
        }
    }
}
