package io.kairos.core.link.life;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.link.DestinationSettings;
import io.kairos.api.link.DestinationSettings.ProofStrategy;
import io.kairos.api.link.Link;
import io.kairos.api.link.Link.CloseReason;
import io.kairos.api.link.Link.State;
import io.kairos.api.link.LocalDestination;
import io.kairos.api.link.PacketReceipt;
import io.kairos.api.link.PacketReceipt.Status;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.routing.InboundPacket;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Signal;
import io.kairos.core.link.LinkWire;
import io.kairos.core.link.TestHandle;
import io.kairos.core.link.TestRouter;
import io.kairos.core.link.TwoNodes;
import io.kairos.lib.wire.PacketBytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkLifeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    @Test
    void bothEndsComeUpAndAgreeOnEverything() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        Link other = nodes.accepted();

        assertAll(
                () -> assertEquals(State.ACTIVE, link.state()),
                () -> assertEquals(State.ACTIVE, other.state()),
                () -> assertEquals(link.id(), other.id()),
                () -> assertEquals(500, link.mtu()),
                () -> assertEquals(431, other.payloadBytes()),
                () -> assertEquals(1, link.hops()),
                () -> assertTrue(link.isInitiator()),
                () -> assertFalse(other.isInitiator()),
                () -> assertEquals(10, link.roundTrip().toMillis()),
                () -> assertEquals(
                        nodes.right.identity.hash(),
                        link.remoteIdentity().orElseThrow().hash()));
    }

    @Test
    void howWellPacketsAreHeardIsKeptOnlyWhereSomebodyWantsToKnow() {
        Link link = new TwoNodes(folder).connect();
        Signal signal = new Signal(-42, 7, 83);

        hear(link, signal);
        assertEquals(Optional.empty(), link.signal());
        link.trackSignal(true);
        assertEquals(Optional.empty(), link.signal());
        hear(link, signal);
        assertEquals(Optional.of(signal), link.signal());
        hear(link, null);
        assertEquals(Optional.of(signal), link.signal());
        link.trackSignal(false);
        assertEquals(Optional.empty(), link.signal());
    }

    private static void hear(Link link, Signal signal) {
        LinkWire wire = ((LiveLink) link).wire();
        byte[] raw = wire.sealed(PacketContext.NONE, new byte[] {1}).orElseThrow();
        ((LiveLink) link)
                .received(new InboundPacket(
                        raw,
                        PacketBytes.hash(raw),
                        PacketBytes.SHORT_HEADER,
                        link.id(),
                        1,
                        PacketContext.NONE,
                        wire.attached(),
                        signal));
    }

    @Test
    void linksGoToSingleDestinationsOnly() {
        TwoNodes nodes = new TwoNodes(folder);
        LocalDestination plain = nodes.left.endpoints.open(DestinationSettings.plain("kairos.test"));

        CompletableFuture<Link> link =
                nodes.left.endpoints.connect(plain.address()).toCompletableFuture();

        assertTrue(link.isCompletedExceptionally());
    }

    @Test
    void aLinkEndsWhenWhatCarriedItHasForgottenThisNode() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        List<CloseReason> reasons = new ArrayList<>();
        link.onClosed(reasons::add);

        nodes.left.router.loseWay(new TestHandle("another", LinkBudget.plain(1_000_000, 500)));
        nodes.clock.advance(SECOND);
        assertEquals(State.ACTIVE, link.state());

        nodes.left.router.loseWay(nodes.left.router.handle());
        nodes.clock.advance(SECOND);
        assertEquals(State.CLOSED, link.state());
        assertEquals(List.of(CloseReason.FAILED), reasons);
        assertEquals(State.ACTIVE, nodes.accepted().state(), "the other end is told nothing, there is no way to");
    }

    @Test
    void packetsArriveInBothDirectionsAndAreProved() {
        TwoNodes nodes = new TwoNodes(
                folder,
                LinkBudget.plain(1_000_000, 500),
                1,
                identity -> DestinationSettings.single("kairos.test", identity).withProofs(ProofStrategy.ALL));
        Link link = nodes.connect();
        List<byte[]> there = new ArrayList<>();
        List<byte[]> back = new ArrayList<>();
        nodes.accepted().onPacket(there::add);
        link.onPacket(back::add);

        PacketReceipt proved = link.send(new byte[] {1, 2, 3});
        PacketReceipt unproved = nodes.accepted().send(new byte[] {4});
        nodes.pass(SECOND.multipliedBy(3));

        assertArrayEquals(new byte[] {1, 2, 3}, there.get(0));
        assertArrayEquals(new byte[] {4}, back.get(0));
        assertEquals(Status.DELIVERED, proved.status());
        assertEquals(10, proved.roundTrip().toMillis());
        assertEquals(Status.FAILED, unproved.status(), "the side that opened a link proves nothing");
    }

    @Test
    void theProgramDecidesWhatIsProvedWhereTheDestinationLeavesItToThem() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        nodes.accepted().proveWhere(data -> data[0] == 1);

        nodes.destination.proofs(ProofStrategy.APPLICATION);
        PacketReceipt wanted = link.send(new byte[] {1, 2});
        PacketReceipt unwanted = link.send(new byte[] {2, 1});
        nodes.pass(SECOND.multipliedBy(3));
        nodes.destination.proofs(ProofStrategy.ALL);
        PacketReceipt any = link.send(new byte[] {2, 1});
        nodes.pass(SECOND.multipliedBy(3));

        assertEquals(Status.DELIVERED, wanted.status());
        assertEquals(Status.FAILED, unwanted.status());
        assertEquals(Status.DELIVERED, any.status(), "the strategy changes on links that are open");
    }

    @Test
    void anIdleLinkStaysUpForHoursByKeepalivesAlone() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        int before = nodes.line.carried();

        nodes.pass(Duration.ofHours(1));

        assertEquals(State.ACTIVE, link.state());
        assertEquals(State.ACTIVE, nodes.accepted().state());
        int packets = nodes.line.carried() - before;
        assertTrue(packets > 600 && packets < 1500, "one keepalive of 5 s and its answer: " + packets);
    }

    @Test
    void aSilentLinkBecomesStaleAndIsGivenUpOnBothEnds() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        AtomicReference<CloseReason> reason = new AtomicReference<>();
        link.onClosed(reason::set);
        nodes.line.cut(true);

        nodes.until("stale", Duration.ofSeconds(20), () -> link.state() == State.STALE);
        nodes.until("closed", Duration.ofSeconds(10), () -> link.state() == State.CLOSED);
        nodes.until("closed too", Duration.ofSeconds(30), () -> nodes.accepted().state() == State.CLOSED);
        nodes.pass(SECOND);

        assertEquals(CloseReason.TIMEOUT, reason.get());
        assertTrue(nodes.left.endpoints.links().isEmpty());
        assertTrue(nodes.right.endpoints.links().isEmpty());
    }

    @Test
    void aStaleLinkRecoversWhenThePeerIsHeardAgain() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        nodes.line.cut(true);
        nodes.until("stale", Duration.ofSeconds(20), () -> link.state() == State.STALE);

        nodes.line.cut(false);
        nodes.accepted().send(new byte[1]);
        nodes.pass(SECOND);

        assertEquals(State.ACTIVE, link.state());
    }

    @Test
    void closingTellsTheOtherEndWho() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        AtomicReference<CloseReason> here = new AtomicReference<>();
        AtomicReference<CloseReason> there = new AtomicReference<>();
        link.onClosed(here::set);
        nodes.accepted().onClosed(there::set);

        link.close();
        nodes.pass(SECOND);

        assertEquals(CloseReason.INITIATOR_CLOSED, here.get());
        assertEquals(CloseReason.INITIATOR_CLOSED, there.get());
        assertEquals(State.CLOSED, nodes.accepted().state());
    }

    @Test
    void closingTheEndpointsWaitsForALinkThatIsBusyOnAnotherThread() throws InterruptedException {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread other = new Thread(() -> ((LiveLink) link).mailbox().run(() -> {
            busy.countDown();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        other.start();
        busy.await();

        Thread closing = new Thread(nodes.left.endpoints::close);
        closing.start();
        closing.join(100);
        assertTrue(closing.isAlive(), "the other end would not be told");
        done.countDown();
        closing.join();

        assertEquals(State.CLOSED, link.state());
    }

    @Test
    void aRequestThatNobodyAnswersFailsAndThePathIsSearchedAnew() {
        TwoNodes nodes = new TwoNodes(folder);
        nodes.line.cut(true);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        nodes.left.endpoints.connect(nodes.destination.address()).whenComplete((link, thrown) -> failure.set(thrown));

        nodes.until("given up", Duration.ofSeconds(15), () -> failure.get() != null);

        assertTrue(nodes.left.endpoints.links().isEmpty());
    }

    @Test
    void aLossyLineStillMakesLinks() {
        int up = 0;
        for (int seed = 0; seed < 20; seed++) {
            TwoNodes nodes = new TwoNodes(folder, LinkBudget.plain(1_000_000, 500), seed);
            nodes.line.doubling(0.5).jitter(1);
            nodes.connect();
            up += nodes.right.endpoints.links().size();
        }
        assertEquals(20, up, "each request makes exactly one link, however often it arrives");
    }

    @Test
    void aSecondRoundTripTimeOrAWrongProofChangesNothing() {
        TwoNodes nodes = new TwoNodes(folder);
        nodes.right.router.recording = true;
        Link link = nodes.connect();
        byte[] proof = nodes.right.router.sent.stream()
                .filter(packet -> (packet[18] & 0xff) == PacketContext.LINK_REQUEST_PROOF)
                .findFirst()
                .orElseThrow();
        Duration before = link.roundTrip();

        nodes.pass(SECOND);
        nodes.left.router.arrive(proof);
        nodes.pass(SECOND);

        assertEquals(before, link.roundTrip());
        assertEquals(State.ACTIVE, link.state());
    }

    @Test
    void aForgedProofDoesNotPreventTheLink() {
        TwoNodes nodes = new TwoNodes(folder);
        TestRouter victim = nodes.left.router;
        nodes.line.delay(Duration.ofMillis(50));
        victim.recording = true;
        AtomicReference<Link> up = new AtomicReference<>();
        nodes.left.endpoints.connect(nodes.destination.address()).thenAccept(up::set);
        Link pending = nodes.left.endpoints.links().get(0);
        byte[] forged = new byte[19 + 99];
        forged[0] = 0x0f;
        pending.id().writeTo(forged, 2);
        forged[18] = (byte) 0xff;
        forged[19 + 96] = 0x20;
        forged[19 + 97] = 0x01;
        forged[19 + 98] = (byte) 0xf4;

        victim.arrive(forged);
        nodes.until("up in spite of it", SECOND, () -> up.get() != null);

        assertEquals(State.ACTIVE, up.get().state());
    }

    @Test
    void largerPacketsAreAgreedWhereBothInterfacesCarryThem() {
        TwoNodes nodes = new TwoNodes(folder, LinkBudget.fixed(100_000_000, 8192), 1);
        Link link = nodes.connect();
        List<byte[]> there = new ArrayList<>();
        nodes.accepted().onPacket(there::add);

        link.send(new byte[link.payloadBytes()]);
        nodes.pass(SECOND);

        assertEquals(8192, link.mtu());
        assertEquals(8192, nodes.accepted().mtu());
        assertEquals(8111, there.get(0).length);
    }

    @Test
    void theInitiatorIdentifiesItselfOnce() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        List<Object> told = new ArrayList<>();
        nodes.accepted().onIdentified(identity -> told.add(identity.hash()));

        link.identify(nodes.left.identity);
        nodes.pass(SECOND);
        link.identify(nodes.right.identity);
        nodes.pass(SECOND);

        assertEquals(List.of(nodes.left.identity.hash()), told);
        assertEquals(
                nodes.left.identity.hash(),
                nodes.accepted().remoteIdentity().orElseThrow().hash());
    }

    @Test
    void linksSurviveANewRouter() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        List<byte[]> there = new ArrayList<>();
        nodes.accepted().onPacket(there::add);

        nodes.right.router.handle().up(false);
        nodes.right.door.unbind(nodes.right.router);
        TestRouter next = new TestRouter(new TestHandle("line", LinkBudget.plain(1_000_000, 500)), nodes.right.known);
        nodes.right.door.bind(next);
        nodes.left.router.line(packet -> nodes.clock.after(Duration.ofMillis(5), () -> next.arrive(packet)));
        next.line(packet -> nodes.clock.after(Duration.ofMillis(5), () -> nodes.left.router.arrive(packet)));
        link.send(new byte[] {7});
        nodes.pass(Duration.ofMinutes(2));

        assertArrayEquals(new byte[] {7}, there.get(0));
        assertEquals(State.ACTIVE, link.state());
        assertEquals(State.ACTIVE, nodes.accepted().state());
    }

    @Test
    void whoeverGotANewRouterMaySpeakFirst() {
        TwoNodes nodes = new TwoNodes(folder);
        Link link = nodes.connect();
        List<byte[]> here = new ArrayList<>();
        link.onPacket(here::add);

        nodes.right.door.unbind(nodes.right.router);
        assertEquals(
                PacketReceipt.Status.FAILED,
                nodes.accepted().send(new byte[] {6}).status(),
                "there is no router");
        TestRouter next = new TestRouter(new TestHandle("line", LinkBudget.plain(1_000_000, 500)), nodes.right.known);
        next.line(packet -> nodes.clock.after(Duration.ofMillis(5), () -> nodes.left.router.arrive(packet)));
        nodes.right.door.bind(next);
        nodes.accepted().send(new byte[] {7});
        nodes.pass(Duration.ofSeconds(1));

        assertArrayEquals(new byte[] {7}, here.get(0));
    }
}
