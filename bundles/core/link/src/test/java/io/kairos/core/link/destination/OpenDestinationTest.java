package io.kairos.core.link.destination;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.MeshException;
import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.DestinationSettings.Ratchets;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.LocalDestination.Reception;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.transport.LinkBudget;
import io.kairos.core.link.TestNode;
import io.kairos.core.link.TwoNodes;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.AnnounceCodec;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.test.kit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenDestinationTest {

    private static final LinkBudget BUDGET = LinkBudget.plain(1_000_000, 500);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private final List<byte[]> received = new ArrayList<>();
    private final List<Reception> receptions = new ArrayList<>();

    private boolean take(byte[] data, Reception reception) {
        received.add(data);
        receptions.add(reception);
        return data.length == 1;
    }

    private TwoNodes nodes(ProofStrategy proofs) {
        TwoNodes nodes = new TwoNodes(
                folder,
                BUDGET,
                1,
                identity -> DestinationSettings.single("kairos.test", identity).withProofs(proofs));
        nodes.destination.onPacket(this::take);
        return nodes;
    }

    @Test
    void packetsArriveAndAreProvedAsTheStrategySays() {
        TwoNodes nodes = nodes(ProofStrategy.APPLICATION);
        DestinationHash to = nodes.destination.address();

        PacketReceipt wanted = nodes.left.endpoints.send(to, new byte[1]);
        PacketReceipt unwanted = nodes.left.endpoints.send(to, new byte[2]);
        nodes.pass(Duration.ofSeconds(30));

        assertEquals(2, received.size());
        assertEquals(new Reception(1, "line", false), receptions.get(0));
        assertEquals(Status.DELIVERED, wanted.status());
        assertEquals(10, wanted.roundTrip().toMillis());
        assertEquals(Status.FAILED, unwanted.status());
        assertEquals(2, nodes.destination.receivedPackets());
    }

    @Test
    void requestsNeedAPathAndSomebodyWhoAnswers() {
        LocalDestination destination = nodes(ProofStrategy.NONE).destination;

        assertThrows(
                MeshException.class,
                () -> destination.onRequest("", LocalDestination.Access.EVERYBODY, Set.of(), asked -> null));
        assertThrows(
                NullPointerException.class,
                () -> destination.onRequest("/x", LocalDestination.Access.EVERYBODY, Set.of(), null));
    }

    @Test
    void theOldestReceiptsAreForgottenWhenThereAreTooMany() {
        TwoNodes nodes = nodes(ProofStrategy.ALL);
        nodes.line.cut(true);
        List<PacketReceipt> sent = new ArrayList<>();
        for (int i = 0; i < 1030; i++) {
            sent.add(nodes.left.endpoints.send(nodes.destination.address(), new byte[1]));
        }
        nodes.pass(Duration.ofMillis(10));

        assertEquals(Status.CULLED, sent.get(5).status());
        assertEquals(Status.SENT, sent.get(6).status());
    }

    @Test
    void whatIsTooLongOrUnheardOfIsRefused() {
        TwoNodes nodes = nodes(ProofStrategy.NONE);

        assertThrows(MeshException.class, () -> nodes.left.endpoints.send(nodes.destination.address(), new byte[384]));
        assertThrows(MeshException.class, () -> nodes.left.endpoints.send(new DestinationHash(1, 1), new byte[1]));
        assertThrows(
                MeshException.class, () -> nodes.right.endpoints.open(nodes.destination.settings()), "open already");
        for (String name : List.of("", ".a", "a.", "a..b")) {
            assertThrows(
                    MeshException.class,
                    () -> nodes.right.endpoints.open(DestinationSettings.single(name, nodes.right.identity)));
        }
    }

    @Test
    void groupsAndPlainDestinationsReachTheNeighbour() {
        TwoNodes nodes = nodes(ProofStrategy.NONE);
        byte[] key = new byte[64];
        Arrays.fill(key, (byte) 5);
        LocalDestination group = nodes.right.endpoints.open(new DestinationSettings(
                "kairos.group",
                DestinationType.GROUP,
                Optional.of(nodes.right.identity),
                Optional.of(key),
                ProofStrategy.NONE,
                false,
                Optional.empty(),
                0));
        LocalDestination plain = nodes.right.endpoints.open(DestinationSettings.plain("kairos.plain"));
        group.onPacket(this::take);
        plain.onPacket(this::take);

        nodes.left.endpoints.sendGroup(group.address(), key, new byte[] {1});
        nodes.left.endpoints.sendGroup(group.address(), new byte[64], new byte[] {2});
        nodes.left.endpoints.sendPlain("kairos.plain", new byte[] {3});
        nodes.pass(SECOND);

        assertEquals(2, received.size(), "what has another key is dropped");
        assertArrayEquals(new byte[] {1}, received.get(0));
        assertArrayEquals(new byte[] {3}, received.get(1));
        assertThrows(MeshException.class, () -> plain.announce(Optional.empty()));
    }

    @Test
    void aNameIsShownWithTheIdentityBehindIt() {
        TwoNodes nodes = nodes(ProofStrategy.NONE);
        DestinationSettings settings = nodes.destination.settings();
        String hash = settings.identity().orElseThrow().hash().toHex();

        assertEquals("kairos.test." + hash, settings.nameWithIdentity());
        DestinationSettings passing =
                DestinationSettings.passing("kairos.test", settings.identity().orElseThrow());
        assertEquals("kairos.test." + hash, passing.fullName());
        assertEquals("kairos.test." + hash + "." + hash, passing.nameWithIdentity());
        assertEquals("kairos.test", DestinationSettings.plain("kairos.test").nameWithIdentity());
        var failure = assertThrows(MeshException.class, () -> nodes.right.endpoints.open(settings));
        assertTrue(failure.getMessage().contains(settings.nameWithIdentity()), failure.getMessage());
    }

    @Test
    void noPartOfANameIsEmpty() {
        TwoNodes nodes = nodes(ProofStrategy.NONE);
        for (String name : List.of("", ".", "kairos.", ".test", "kairos..test")) {
            assertThrows(MeshException.class, () -> nodes.left.endpoints.open(DestinationSettings.plain(name)), name);
        }
    }

    @Test
    void ratchetsRotateWhenAnnouncingAndOldOnesStillOpen() {
        Ratchets hourly = new Ratchets(Duration.ofHours(1), 8, true);
        TwoNodes nodes = new TwoNodes(
                folder,
                BUDGET,
                1,
                identity -> DestinationSettings.single("kairos.test", identity).withRatchets(hourly));
        nodes.destination.onPacket(this::take);
        DestinationHash to = nodes.destination.address();
        byte[] first = nodes.left.known.recall(to).orElseThrow().ratchet().orElseThrow();

        nodes.destination.announce(Optional.empty());
        nodes.pass(SECOND);
        assertArrayEquals(
                first, nodes.left.known.recall(to).orElseThrow().ratchet().orElseThrow());
        nodes.line.delay(Duration.ofHours(2));
        nodes.left.endpoints.send(to, new byte[] {7});
        nodes.pass(Duration.ofMinutes(90));
        nodes.destination.announce(Optional.empty());
        nodes.pass(Duration.ofHours(4));

        byte[] second = nodes.left.known.recall(to).orElseThrow().ratchet().orElseThrow();
        assertNotEquals(Arrays.toString(first), Arrays.toString(second));
        assertArrayEquals(new byte[] {7}, received.get(0), "was encrypted to the first ratchet");
        assertTrue(receptions.get(0).ratcheted());
    }

    @Test
    void ratchetsAndEmissionTimesSurviveARestart() {
        ManualClock clock = new ManualClock();
        TestNode before = new TestNode(clock, 3, BUDGET, folder);
        DestinationSettings settings =
                DestinationSettings.single("kairos.test", before.identity).withRatchets(Ratchets.DEFAULT);
        before.router.recording = true;
        LocalDestination destination = before.endpoints.open(settings);
        destination.announce(Optional.of("one".getBytes(StandardCharsets.UTF_8)));
        clock.advance(SECOND);
        byte[] sealed = sealedTo(before, 0);

        TestNode after = new TestNode(new ManualClock(0), 3, BUDGET, folder, before.store);
        LocalDestination reopened = after.endpoints.open(settings);
        reopened.onPacket(this::take);
        after.router.recording = true;
        reopened.announce(Optional.empty());
        ((ManualClock) after.surroundings.clock()).advance(SECOND);
        after.router.arrive(sealed);
        ((ManualClock) after.surroundings.clock()).advance(SECOND);

        assertArrayEquals(new byte[] {9}, received.get(0));
        assertTrue(
                emission(after.router.sent.get(0)) >= emission(before.router.sent.get(0)),
                "although the clock went back to 1970");
        before.store.write("ratchets/own/" + destination.address().toHex(), new byte[] {1});
        TestNode damaged = new TestNode(new ManualClock(), 3, BUDGET, folder, before.store);
        assertThrows(MeshException.class, () -> damaged.endpoints.open(settings));
    }

    private static byte[] sealedTo(TestNode node, int announce) {
        byte[] raw = node.router.sent.get(announce);
        byte[] ratchet = AnnounceCodec.decode(Arrays.copyOfRange(raw, 19, raw.length), true)
                .ratchet()
                .orElseThrow();
        byte[] data = node.suite.encrypt(ratchet, node.identity.hash().toBytes(), new byte[] {9});
        return PacketBytes.build(0, Hashes.destination("kairos.test", node.identity.hash()), 0, data);
    }

    private static long emission(byte[] announce) {
        return AnnounceCodec.decode(Arrays.copyOfRange(announce, 19, announce.length), true)
                .emissionSeconds();
    }

    @Test
    void aPathRequestIsAnsweredOnceForEachTagWithTheDefaultData() {
        TwoNodes nodes = nodes(ProofStrategy.NONE);
        nodes.destination.defaultAppData(() -> Optional.of("name".getBytes(StandardCharsets.UTF_8)));
        nodes.right.router.recording = true;

        nodes.right.router.askForPath(nodes.destination.address(), new byte[16]);
        nodes.right.router.askForPath(nodes.destination.address(), new byte[16]);
        nodes.pass(SECOND);

        byte[] answer = nodes.right.router.sent.get(0);
        assertArrayEquals(answer, nodes.right.router.sent.get(1));
        assertEquals(0x0b, answer[18]);
        assertArrayEquals(
                "name".getBytes(StandardCharsets.UTF_8),
                nodes.left
                        .known
                        .recall(nodes.destination.address())
                        .orElseThrow()
                        .appData()
                        .orElseThrow());
    }

    @Test
    void aClosedDestinationIsSilentAndClosesItsLinks() {
        TwoNodes nodes = nodes(ProofStrategy.ALL);
        nodes.connect();

        nodes.destination.close();
        nodes.left.endpoints.send(nodes.destination.address(), new byte[1]);
        nodes.pass(SECOND);

        assertTrue(received.isEmpty());
        assertTrue(nodes.right.endpoints.links().isEmpty());
        assertTrue(nodes.left.endpoints.links().isEmpty());
        assertTrue(nodes.right.endpoints.destinations().isEmpty());
    }
}
