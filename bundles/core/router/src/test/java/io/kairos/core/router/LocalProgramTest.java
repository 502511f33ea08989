package io.kairos.core.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.api.transport.Signal;
import io.kairos.core.router.path.Path;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node does for programs on this machine, here with forwarding for others switched off. */
class LocalProgramTest {

    private static final String NAME = "kairos.program";
    private static final int ANNOUNCE_RELAYED = 0x51;

    /** Seconds from one round of announces and answers to the next. */
    private static final double ROUND = 0.25;

    private final ManualClock clock = new ManualClock();
    private final TestNode node = new TestNode(new TestNode.Keys("node"), clock, false, new MemoryStore());
    private final TestNode.Keys keys = new TestNode.Keys("program");
    private final TestNode.Keys far = new TestNode.Keys("far");
    private final DestinationHash here = keys.destination(NAME);
    private final DestinationHash there = far.destination(NAME);
    private final TestInterface one = TestInterface.program("programs/1", node.core);
    private final TestInterface two = TestInterface.program("programs/2", node.core);
    private final TestInterface net = node.open("net").policy("ingress.control", "false");

    private void drain() {
        one.drain();
        two.drain();
        net.drain();
    }

    private byte[] announce(TestNode.Keys of, boolean pathResponse) {
        return TestNode.announce(of, NAME, new byte[] {1}, clock.wallMillis() / 1000, pathResponse);
    }

    private static byte[] data(DestinationHash to, String text) {
        return PacketBytes.build(PacketBytes.flags(PacketType.DATA, DestinationType.SINGLE), to, 0, text.getBytes());
    }

    private static byte[] packet(PacketType type, DestinationType kind, DestinationHash to, byte[] payload) {
        return PacketBytes.build(PacketBytes.flags(type, kind), to, 0, payload);
    }

    private static byte[] request(DestinationHash wanted, int tag) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) tag;
        return PathRequestCodec.packet(
                new PathRequest(wanted, Optional.empty(), PathRequest.Tag.of(bytes, 0, bytes.length)));
    }

    @Test
    void aRegisteringAnnounceReachesOtherProgramsButNotTheNetwork() {
        byte[] announce = announce(keys, true);
        one.receive(announce);

        List<byte[]> told = two.drain();
        assertEquals(1, told.size());
        assertEquals(ANNOUNCE_RELAYED, told.get(0)[0]);
        assertEquals(0, PacketBytes.hops(told.get(0), 0));
        assertEquals(node.id(), PacketBytes.transport(told.get(0), 0));
        assertEquals(0, PacketBytes.context(told.get(0), 0), "also when it was a path response");
        assertEquals(List.of(), one.drain(), "not back to where it came from");
        node.advance(7);
        assertEquals(List.of(), net.drain());
        assertEquals(0, node.core.packetRouter().nextHop(here).orElseThrow().hops(), "it lives on this machine");
    }

    @Test
    void anAnnounceGoesOutInTheNextRoundAndOnce() {
        one.receive(announce(keys, false));
        node.advance(ROUND);

        List<byte[]> out = net.drain();
        assertEquals(1, out.size());
        assertEquals(ANNOUNCE_RELAYED, out.get(0)[0]);
        assertEquals(0, PacketBytes.hops(out.get(0), 0));
        assertEquals(node.id(), PacketBytes.transport(out.get(0), 0));
        assertEquals(1, two.drain().size());
        node.advance(30);
        assertEquals(List.of(), net.drain());
        assertEquals(List.of(), two.drain());
    }

    @Test
    void whatIsHeardIsToldToEveryProgramAtOnce() {
        byte[] heard = TestNode.relayed(announce(far, false), 3, new DestinationHash(7, 7));
        net.receive(heard);

        for (TestInterface program : List.of(one, two)) {
            List<byte[]> told = program.drain();
            assertEquals(1, told.size());
            assertEquals(4, PacketBytes.hops(told.get(0), 0));
            assertEquals(node.id(), PacketBytes.transport(told.get(0), 0));
        }
        node.advance(30);
        assertEquals(List.of(), net.drain(), "nothing is repeated for others");
    }

    @Test
    void aPacketForAProgramArrivesUnchangedAndItsProofFindsBack() {
        one.receive(announce(keys, true));
        drain();
        byte[] packet = data(here, "from the other program");
        two.receive(packet);

        assertArrayEquals(packet, one.drain().get(0));
        byte[] proof = packet(
                PacketType.PROOF,
                DestinationType.SINGLE,
                DestinationHash.of(PacketBytes.hash(packet), 0),
                new byte[64]);
        one.receive(proof);
        assertArrayEquals(proof, two.drain().get(0));
        assertEquals(List.of(), net.drain());
    }

    @Test
    void packetsOfTheNetworkReachProgramsWithOrWithoutOurAddress() {
        one.receive(announce(keys, true));
        drain();
        byte[] direct = data(here, "direct");
        net.receive(direct);
        byte[] expected = direct.clone();
        expected[1] = 1;
        assertArrayEquals(expected, one.drain().get(0));

        byte[] routed = PacketBytes.withTransport(data(here, "routed"), 19 + 6, node.id(), 2, false);
        net.receive(routed);
        byte[] kept = routed.clone();
        kept[1] = 3;
        assertArrayEquals(kept, one.drain().get(0), "with the transport address it came with");

        byte[] proof = packet(
                PacketType.PROOF,
                DestinationType.SINGLE,
                DestinationHash.of(PacketBytes.hash(direct), 0),
                new byte[64]);
        one.receive(proof);
        assertArrayEquals(proof, net.drain().get(0), "no hop was added on the way from the program");
    }

    @Test
    void programsReachTheNetworkThroughTheNode() {
        net.receive(TestNode.relayed(announce(far, false), 3, new DestinationHash(7, 7)));
        drain();
        byte[] packet = data(there, "out");
        one.receive(PacketBytes.withTransport(packet, packet.length, node.id(), 0, false));

        byte[] out = net.drain().get(0);
        assertEquals(new DestinationHash(7, 7), PacketBytes.transport(out, 0));
        assertEquals(0, PacketBytes.hops(out, 0));
        byte[] proof = packet(
                PacketType.PROOF,
                DestinationType.SINGLE,
                DestinationHash.of(PacketBytes.hash(packet), 0),
                new byte[64]);
        net.receive(proof);
        byte[] back = one.drain().get(0);
        assertEquals(1, PacketBytes.hops(back, 0));
    }

    @Test
    void aNeighbourOneHopAwayGetsThePacketWithoutTransportHeader() {
        net.receive(announce(far, false));
        drain();
        byte[] packet = data(there, "next door");
        one.receive(PacketBytes.withTransport(packet, packet.length, node.id(), 0, false));

        assertArrayEquals(packet, net.drain().get(0));
    }

    @Test
    void othersAreNotServedWhileForwardingIsOff() {
        net.receive(TestNode.relayed(announce(far, false), 3, new DestinationHash(7, 7)));
        drain();
        byte[] packet = data(there, "for others");
        net.receive(PacketBytes.withTransport(packet, packet.length, node.id(), 2, false));

        assertEquals(List.of(), net.drain());
        assertEquals(1, node.refused(Refusal.NOT_FOR_US));
    }

    @Test
    void programsWithTheAddressOfAnotherNodeAreRefused() {
        one.receive(announce(keys, true));
        drain();
        byte[] packet = data(here, "wrong");
        two.receive(PacketBytes.withTransport(packet, packet.length, new DestinationHash(9, 9), 0, false));

        assertEquals(List.of(), one.drain());
        assertEquals(1, node.refused(Refusal.FILTER));
    }

    @Test
    void plainBroadcastsReachEverybodyUnchanged() {
        DestinationHash group = Hashes.plainDestination("kairos.broadcast");
        byte[] packet = packet(PacketType.DATA, DestinationType.PLAIN, group, "to all".getBytes());
        one.receive(packet);
        assertArrayEquals(packet, two.drain().get(0));
        assertArrayEquals(packet, net.drain().get(0));
        assertEquals(List.of(), one.drain());

        net.receive(packet);
        assertArrayEquals(packet, one.drain().get(0));
        assertArrayEquals(packet, two.drain().get(0));
        assertEquals(List.of(), net.drain());
        assertEquals(0, node.refused(Refusal.NOT_FOR_US));
    }

    @Test
    void aProgramThatAsksIsAnsweredInTheNextRoundOrTheNetworkIsAsked() {
        net.receive(TestNode.relayed(announce(far, false), 2, new DestinationHash(7, 7)));
        drain();
        one.receive(request(there, 1));
        node.advance(ROUND);
        byte[] answer = one.drain().get(0);
        assertEquals(0x0b, PacketBytes.context(answer, 0));
        assertEquals(3, PacketBytes.hops(answer, 0));
        assertEquals(List.of(), two.drain());

        DestinationHash unknown = new DestinationHash(1, 2);
        one.receive(request(unknown, 2));
        assertEquals(1, net.drain().size());
        assertEquals(1, two.drain().size(), "another program may know it");
        assertEquals(List.of(), one.drain());
    }

    @Test
    void programsThatAskAtTheSameTimeAreAllAnsweredInTheSameRound() {
        net.receive(TestNode.relayed(announce(far, false), 2, new DestinationHash(7, 7)));
        drain();
        one.receive(request(there, 1));
        two.receive(request(there, 2));
        one.receive(request(there, 3));
        node.advance(ROUND);

        for (TestInterface program : List.of(one, two)) {
            List<byte[]> answers = program.drain();
            assertTrue(answers.size() >= 1, program.name());
            assertEquals(0x0b, PacketBytes.context(answers.get(0), 0));
        }
        node.advance(30);
        assertEquals(List.of(), one.drain());
        assertEquals(List.of(), two.drain());
    }

    @Test
    void anAnswerDoesNotReplaceTheAnnounceThatWaits() {
        one.receive(announce(keys, false));
        two.receive(request(here, 1));
        node.advance(2 * ROUND);

        assertEquals(1, net.drain().size(), "the announce");
        assertEquals(
                0x0b,
                PacketBytes.context(
                        two.drain().stream().reduce((first, last) -> last).orElseThrow(), 0));
    }

    @Test
    void theNetworkIsToldInTheNextRoundOfWhatLivesInAProgram() {
        one.receive(announce(keys, true));
        drain();
        net.receive(request(here, 1));
        node.advance(ROUND);

        byte[] answer = net.drain().get(0);
        assertEquals(0x0b, PacketBytes.context(answer, 0));
        assertEquals(0, PacketBytes.hops(answer, 0));
        assertEquals(node.id(), PacketBytes.transport(answer, 0));
        assertEquals(List.of(), one.drain());
    }

    @Test
    void whatNobodyKnowsIsAskedOfThePrograms() {
        net.receive(request(here, 1));
        assertEquals(1, one.drain().size());
        assertEquals(1, two.drain().size());
        assertEquals(List.of(), net.drain());

        one.receive(announce(keys, true));
        byte[] answer = net.drain().get(0);
        assertEquals(0x0b, PacketBytes.context(answer, 0), "the answer is passed to who asked");
        node.advance(10);
        assertEquals(List.of(), net.drain());
    }

    @Test
    void aPathGoesWithItsProgramAndIsNeverGivenToTheNextOne() {
        one.receive(announce(keys, true));
        drain();
        node.core.detach(one);
        assertTrue(node.core.packetRouter().nextHop(here).isEmpty());
        assertEquals(0, node.core.pathTable().size());

        TestInterface next = TestInterface.program("programs/1", node.core);
        two.receive(data(here, "is he there?"));
        assertEquals(List.of(), next.drain());
        next.receive(announce(keys, true));
        assertEquals(0, node.core.packetRouter().nextHop(here).orElseThrow().hops());
    }

    @Test
    void pathsOfProgramsAreNotStored() {
        MemoryStore store = new MemoryStore();
        TestNode first = new TestNode(new TestNode.Keys("node"), clock, true, store);
        TestInterface program = TestInterface.program("programs/1", first.core);
        TestInterface line = first.open("net");
        program.receive(announce(keys, true));
        line.receive(announce(far, false));
        first.core.stop();

        TestNode second = new TestNode(new TestNode.Keys("node"), clock, true, store);
        assertEquals(1, second.core.pathTable().size());
        Path kept = second.core.parts().paths().table().get(there.high(), there.low());
        assertEquals(1, kept.inUse().hops());
        assertNull(second.core.parts().paths().table().get(here.high(), here.low()));
    }

    @Test
    void aLinkBetweenProgramsPassesInBothDirections() {
        one.receive(announce(keys, true));
        drain();
        byte[] asked = packet(PacketType.LINK_REQUEST, DestinationType.SINGLE, here, new byte[64]);
        two.receive(asked);
        assertArrayEquals(asked, one.drain().get(0));
        assertEquals(1, node.core.router().transitLinks());

        DestinationHash link = DestinationHash.of(PacketBytes.hash(asked), 0);
        byte[] body = new byte[96];
        byte[] signed = new byte[16 + 32 + 32];
        System.arraycopy(link.toBytes(), 0, signed, 0, 16);
        System.arraycopy(keys.publicIdentity().toBytes(), 32, signed, 48, 32);
        System.arraycopy(keys.sign(signed), 0, body, 0, 64);
        byte[] proof = PacketBytes.build(PacketBytes.flags(PacketType.PROOF, DestinationType.LINK), link, 0xff, body);
        one.receive(proof);
        assertArrayEquals(proof, two.drain().get(0));

        byte[] forth = packet(PacketType.DATA, DestinationType.LINK, link, "forth".getBytes());
        two.receive(forth);
        assertArrayEquals(forth, one.drain().get(0));
        byte[] back = packet(PacketType.DATA, DestinationType.LINK, link, "back".getBytes());
        one.receive(back);
        assertArrayEquals(back, two.drain().get(0));
        node.core.detach(one);
        node.advance(6);
        assertEquals(0, node.core.router().transitLinks(), "it goes with its program");
    }

    @Test
    void signalsOfTheLastPacketsAreRemembered() {
        byte[] packet = data(there, "radio");
        Signal signal = new Signal(-97, 4.5, Double.NaN);
        net.sink().received(ByteBuffer.wrap(packet.clone()), signal);
        assertEquals(Optional.of(signal), node.core.router().signalOf(PacketBytes.hash(packet)));
        assertTrue(node.core.router().signalOf(new byte[32]).isEmpty());
        assertTrue(node.core.router().signalOf(new byte[3]).isEmpty());

        for (int i = 0; i < 512; i++) {
            net.sink().received(ByteBuffer.wrap(data(there, "more " + i)), signal);
        }
        assertTrue(node.core.router().signalOf(PacketBytes.hash(packet)).isEmpty(), "only the last 512");
    }

    @Test
    void theOriginCanBeHidden() {
        RouterSettings hidden =
                RouterSettings.defaults(64 << 20).withForward(false).withHiddenOrigin();
        TestNode secret = new TestNode(new TestNode.Keys("node"), clock, hidden, new MemoryStore());
        TestInterface program = TestInterface.program("programs/1", secret.core);
        TestInterface line = secret.open("net");
        program.receive(announce(keys, false));
        secret.advance(ROUND);
        int hops = PacketBytes.hops(line.drain().get(0), 0);
        assertTrue(hops >= 2 && hops <= 7, "hops " + hops);

        TestNode.Destination own = secret.destination("kairos.own");
        own.announce();
        byte[] announced = line.drain().get(0);
        assertEquals(hops, PacketBytes.hops(announced, 0));
        assertEquals(secret.id(), PacketBytes.transport(announced, 0));
        assertEquals(0, PacketBytes.hops(program.drain().get(0), 0), "programs are told the truth");

        line.receive(announce(far, false));
        program.drain();
        byte[] packet = data(there, "x");
        program.receive(PacketBytes.withTransport(packet, packet.length, secret.id(), 0, false));
        assertEquals(hops, PacketBytes.hops(line.drain().get(0), 0));
        byte[] routed = PacketBytes.withTransport(data(here, "in"), 19 + 2, secret.id(), 1, false);
        line.receive(routed);
        assertFalse(PacketBytes.hasTransport(program.drain().get(0), 0), "the address is not shown to the program");
    }

    @Test
    void aNodeThatForwardsStillRepeatsWhatOthersAnnounce() {
        TestNode repeater = new TestNode("repeater", clock);
        TestInterface program = TestInterface.program("programs/1", repeater.core);
        TestInterface line = repeater.open("net").policy("ingress.control", "false");
        line.receive(announce(far, false));
        assertEquals(1, program.drain().size());
        repeater.advance(3);
        assertEquals(1, line.drain().size());
        assertEquals(List.of(), program.drain(), "programs are told once");
        assertTrue(Arrays.stream(repeater.core.parts().ports().programs())
                .allMatch(port -> port.name().equals("programs/1")));
    }
}
