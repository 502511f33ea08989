package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * What every transport has to pass, over its real medium. Two interfaces, {@code first} and {@code second}, talk to each
 * other; a subclass says how they are opened. Settings stay the same within one test, so that an interface can be closed
 * and opened again.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class MeshInterfaceContract {

    private static final Map<String, Object> AS_CONFIGURED = Map.of();

    /** An IPv4 or IPv6 address, a port behind a colon, a hash of 16 bytes or more. */
    private static final Pattern TELLTALE = Pattern.compile(
            "\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f]{1,4}(:[0-9a-f]{0,4}){2,}|:\\d{4,5}\\b|[0-9a-f]{32}",
            Pattern.CASE_INSENSITIVE);

    private final List<Station> stations = new ArrayList<>();
    protected RealTime time;

    // ---- what a subclass says ----

    /** Opens the first end with its settings and {@code extra} ones on top. It may be the one that needs the second. */
    protected abstract MeshInterface openFirst(Map<String, Object> extra);

    /** Opens the second end; it is opened before the first. */
    protected abstract MeshInterface openSecond(Map<String, Object> extra);

    /** Whether the first end has a child for each neighbour. */
    protected boolean firstHasChildren() {
        return false;
    }

    /** Whether the second end has a child for each neighbour. */
    protected boolean secondHasChildren() {
        return false;
    }

    /** Whether packets arrive in the order in which they were sent, each exactly once. */
    protected boolean keepsOrder() {
        return true;
    }

    /** How many packets may be under way before the test waits for them to arrive. */
    protected int window() {
        return Integer.MAX_VALUE;
    }

    /** Whether the first end is down, with a failure, while the second one is missing. */
    protected boolean firstNeedsSecond() {
        return true;
    }

    /** Whether a receiver that stands still makes the sender's queue run full; false where the medium loses packets. */
    protected boolean countsWhatASlowReceiverCosts() {
        return true;
    }

    /** Most bytes that may be under way to a receiver that stands still: queues and what the machine buffers. */
    protected long mostBytesUnderWay() {
        return 64L << 20;
    }

    /** Begins the names of all threads of the interfaces. */
    protected abstract String threadPrefix();

    /** How long connecting and the like may take. */
    protected Duration patience() {
        return Duration.ofSeconds(15);
    }

    /** Sends bytes to the second end that no transport would send; {@code false} where that is not possible. */
    protected boolean attackSecond(byte[] bytes) {
        return false;
    }

    /**
     * Hands changed settings to a second end that runs, as the container does: those of {@link #openSecond} and
     * {@code extra} ones on top; {@code false} where a change makes a new instance instead.
     */
    protected boolean modifySecond(MeshInterface opened, Map<String, Object> extra) {
        return false;
    }

    /** Settings with which the second end has other endpoints. */
    protected Map<String, Object> elsewhere() {
        return Map.of("interface.name", "elsewhere");
    }

    // ---- the contract ----

    @BeforeEach
    void startTime() {
        time = new RealTime();
    }

    @AfterEach
    void endEverything() {
        stations.forEach(Station::close);
        time.close();
        List<String> faults = new ArrayList<>();
        stations.forEach(station -> faults.addAll(station.sink().faults()));
        assertEquals(List.of(), faults);
        Await.until("threads end: " + ThreadCheck.alive(threadPrefix()), patience(), this::noThreads);
    }

    @Test
    protected void packetsArriveWholeInBothDirections() {
        Pair pair = connect();
        int most = Math.min(pair.first.opened().budget().packetBytes(), 8_192);

        exchange(pair.first, pair.second, Packets.random(1, 200, most));
        exchange(pair.second, pair.first, Packets.random(2, 200, most));
    }

    @Test
    protected void theLargestPacketArrives() {
        Pair pair = connect();
        byte[][] largest = {Packets.numbered(7, pair.first.opened().budget().packetBytes())};

        exchange(pair.first, pair.second, largest);
        exchange(pair.second, pair.first, largest);
    }

    @Test
    protected void burstsEndWithEndOfBurst() {
        Pair pair = connect();

        for (int round = 0; round < 5; round++) {
            exchange(pair.first, pair.second, Packets.random(round, Math.min(10, window()), 500));
            Await.until("burst is closed", patience(), pair.second.inbox()::isBurstClosed);
        }

        assertTrue(pair.second.inbox().bursts() > 0);
        assertTrue(pair.second.inbox().bursts() <= pair.second.inbox().count());
    }

    @Test
    protected void aPacketThatIsNotFlushedLeavesSoon() {
        Pair pair = connect();

        pair.first.carrier().send(ByteBuffer.wrap(Packets.numbered(1, 100)));

        Await.until(
                "the packet arrives",
                Duration.ofSeconds(1),
                () -> pair.second.inbox().count() == 1);
    }

    @Test
    protected void severalThreadsMaySendAtOnce() throws InterruptedException {
        Pair pair = connect();
        int each = Math.min(200, Math.max(1, window() / 4)); // together less than the smallest usual queue
        MeshInterface carrier = pair.first.carrier();

        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 4; sender++) {
            int base = sender * each;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    carrier.send(ByteBuffer.wrap(Packets.numbered(base + i, 300)));
                    if (i % 16 == 15) {
                        carrier.flush();
                    }
                }
                carrier.flush();
            });
            senders.add(thread);
            thread.start();
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertEquals(0, carrier.counters().droppedOutgoing());
        Await.until("all packets arrive", patience(), () -> pair.second.inbox().count() == 4 * each);
        Set<Integer> numbers = new HashSet<>();
        for (byte[] packet : pair.second.inbox().packets()) {
            assertArrayEquals(Packets.numbered(Packets.number(packet), 300), packet);
            numbers.add(Packets.number(packet));
        }
        assertEquals(4 * each, numbers.size());
    }

    @Test
    protected void detachSilencesTheOldSinkAndAnotherAttachWorks() {
        Pair pair = connect();
        exchange(pair.first, pair.second, Packets.random(1, 1, 100));
        MeshInterface sender = pair.first.carrier();
        RecordingSink old = pair.second.sink();
        RecordingSink oldInbox = pair.second.inbox();

        pair.second.opened().detach();
        send(sender, Packets.numbered(5, 100));
        Await.until(
                "the packet is counted as dropped",
                patience(),
                () -> pair.second.opened().counters().droppedIncoming() == 1);
        assertEquals(1, oldInbox.count());

        pair.second.attach();
        pair.second.awaitReady();
        send(sender, Packets.numbered(6, 100));
        Await.until(
                "the new sink gets packets",
                patience(),
                () -> pair.second.inbox().count() == 1);
        assertEquals(1, oldInbox.count());
        assertEquals(0, old.vanished(), "the old sink stays silent");
    }

    @Test
    protected void childrenComeAndGoWithTheirNeighbours() {
        Assumptions.assumeTrue(secondHasChildren(), "this medium has no children");
        Pair pair = connect();
        pair.second.awaitReady();
        MeshInterface child = pair.second.carrier();

        assertTrue(child.status().isUp());
        assertEquals(pair.second.opened().policy(), child.policy());
        assertEquals(pair.second.opened().budget(), child.budget());
        assertFalse(child.description().equals(pair.second.opened().description()));
        pair.first.close();

        Await.until(
                "the child vanishes", childPatience(), () -> pair.second.sink().vanished() == 1);
        assertEquals(Map.of(), pair.second.sink().children());
        assertFalse(child.status().isUp());
        assertTrue(pair.second.opened().status().isUp());
        assertDoesNotThrow(() -> send(child, Packets.numbered(1, 100)));
    }

    /** How long it may take until a neighbour that went silently is noticed. */
    protected Duration childPatience() {
        return patience();
    }

    @Test
    protected void aReceiverThatStandsStillNeverBlocksTheSender() {
        Pair pair = connect();
        MeshInterface carrier = pair.first.carrier();
        pair.second.sink().pause();
        pair.second.inbox().pause();
        byte[] packet = Packets.numbered(1, 500);
        long most = mostBytesUnderWay() / packet.length;

        long longest = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); // a busy machine needs not send them all
        for (long i = 0; i < most && carrier.counters().droppedOutgoing() < 1_000 && System.nanoTime() - end < 0; i++) {
            long start = System.nanoTime();
            carrier.send(ByteBuffer.wrap(packet));
            if (i % 32 == 31) {
                carrier.flush();
            }
            longest = Math.max(longest, System.nanoTime() - start);
        }

        long millis = TimeUnit.NANOSECONDS.toMillis(longest);
        assertTrue(millis < 5_000, "sending took " + millis + " ms");
        if (countsWhatASlowReceiverCosts()) {
            assertTrue(
                    carrier.counters().droppedOutgoing() >= 1_000,
                    "the queue has a bound and what it drops is counted");
        }
        pair.second.inbox().resume();
        pair.second.sink().resume();
        awaitQuiet(pair.second.inbox());
        int before = pair.second.inbox().count();
        pair.first.send(Packets.numbered(2, 100));
        Await.until("packets flow again", patience(), () -> pair.second.inbox().count() > before);
    }

    @Test
    protected void aFaultOfTheCoreDoesNotStopTheInterface() {
        Pair pair = connect();
        exchange(pair.first, pair.second, Packets.random(1, 1, 100));

        pair.second.inbox().throwFromNowOn(true);
        pair.first.send(Packets.numbered(1, 100));
        Await.until("the packet arrives", patience(), () -> pair.second.inbox().count() == 2);
        pair.second.inbox().throwFromNowOn(false);
        pair.first.send(Packets.numbered(2, 100));

        Await.until(
                "the next packet arrives", patience(), () -> pair.second.inbox().count() == 3);
    }

    @Test
    protected void closesWithinASecondAndLeavesNothingBehind() {
        Pair pair = connect();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));

        for (Station station : List.of(pair.first, pair.second)) {
            long start = System.nanoTime();
            station.opened().close();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < 1_000, "close took " + millis + " ms");
            assertEquals(InterfaceState.CLOSED, station.opened().status().state());
        }

        assertTrue(
                Await.holdsWithin(Duration.ofSeconds(1), this::noThreads),
                () -> "left: " + ThreadCheck.alive(threadPrefix()));
        assertTrue(
                Await.holdsWithin(Duration.ofSeconds(1), () -> time.waiting() == 0),
                () -> "left: " + time.waiting() + " timers");
    }

    @Test
    protected void nothingThrowsAfterClose() {
        Pair pair = connect();
        MeshInterface carrier = pair.first.carrier();
        pair.first.close();
        pair.second.close();

        for (MeshInterface closed : List.of(carrier, pair.first.opened(), pair.second.opened())) {
            assertDoesNotThrow(() -> {
                closed.send(ByteBuffer.wrap(Packets.numbered(1, 100)));
                closed.flush();
                closed.attach(new RecordingSink());
                closed.detach();
                closed.status();
                closed.budget();
                closed.policy();
                closed.counters();
                closed.description();
                closed.name();
                closed.kind();
                closed.close();
            });
        }
        assertEquals(InterfaceState.CLOSED, pair.first.opened().status().state());
    }

    @Test
    protected void opensAgainOnTheSameSettings() {
        Pair pair = connect();
        String description = pair.second.opened().description();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));

        pair.first.close();
        pair.second.close();
        Pair again = connect();

        assertEquals(description, again.second.opened().description());
        exchange(again.first, again.second, Packets.random(2, 3, 100));
        exchange(again.second, again.first, Packets.random(3, 3, 100));
    }

    @Test
    protected void isDownWithARemedyUntilTheCounterpartIsThere() {
        Assumptions.assumeTrue(firstNeedsSecond(), "this medium is up without a counterpart");
        Station first = station(openFirst(AS_CONFIGURED), firstHasChildren());
        first.attach();

        Await.until("it is down with a failure", patience(), () -> isDownWithRemedy(first.opened()));
        long dropped = first.opened().counters().droppedOutgoing();
        send(first.opened(), Packets.numbered(1, 100));
        assertEquals(dropped + 1, first.opened().counters().droppedOutgoing());

        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        first.awaitReady();
        second.awaitReady();
        assertTrue(first.sink().changes() > 0, "the core is told about the change");
        exchange(first, second, Packets.random(1, 3, 100));
    }

    @Test
    protected void recoversWhenTheCounterpartComesBack() {
        Pair pair = connect();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));

        pair.second.close();
        if (firstNeedsSecond()) {
            Await.until("the first end is down", patience(), () -> isDownWithRemedy(pair.first.opened()));
        }
        if (firstHasChildren()) {
            Await.until(
                    "the child is gone",
                    childPatience(),
                    () -> pair.first.sink().children().isEmpty());
        }
        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        second.awaitReady();

        exchange(pair.first, second, Packets.random(4, 3, 100));
        exchange(second, pair.first, Packets.random(5, 3, 100));
    }

    @Test
    protected void hostileBytesOnlyMoveCounters() {
        Pair pair = connect();
        exchange(pair.first, pair.second, Packets.random(1, 1, 100));
        byte[] garbage = new byte[70_000];
        new Random(99).nextBytes(garbage);
        byte[] endless = new byte[1 << 20];
        endless[0] = 0x7E;
        Arrays.fill(endless, 1, endless.length, (byte) 'A');

        Assumptions.assumeTrue(attackSecond(garbage), "this medium has no door for strangers");
        attackSecond(endless);
        attackSecond(new byte[] {0x7E, 0x7D, 0x7E, 0x7E, 0x7D});

        awaitQuiet(pair.second.sink());
        int before = pair.second.inbox().count();
        pair.first.send(Packets.numbered(2, 100));
        Await.until("packets still flow", patience(), () -> pair.second.inbox().count() > before);
        assertTrue(pair.second.opened().status().isUp());
    }

    @Test
    protected void bothEndsNameTheEndpointWhereTheyMeet() {
        Pair pair = connect();
        Set<Endpoint> endpoints = pair.second.opened().endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");

        assertTrue(
                pair.first.opened().endpoints().stream()
                        .anyMatch(mine -> endpoints.stream().anyMatch(mine::meets)),
                pair.first.opened().endpoints() + " and " + endpoints);
    }

    @Test
    protected void whoIsHeldIsClosedWithTheReasonGivenUntilItIsLetGo() {
        Pair pair = connect();
        MeshInterface held = pair.second.opened();
        Set<Endpoint> endpoints = held.endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
        RecordingSink inbox = pair.second.inbox();
        Failure why = new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.");

        held.hold(Optional.of(why));
        held.hold(Optional.of(why));

        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints(), "the claim stays");
        Await.until(
                "neighbours are gone",
                childPatience(),
                () -> pair.second.sink().children().isEmpty());
        int before = inbox.count();
        if (!firstHasChildren()) {
            send(pair.first.opened(), Packets.numbered(1, 100));
        }

        held.hold(Optional.empty());
        pair.second.awaitReady();
        pair.first.awaitReady();
        exchange(pair.first, pair.second, Packets.random(2, 3, 100));
        exchange(pair.second, pair.first, Packets.random(3, 3, 100));
        if (secondHasChildren()) {
            assertEquals(before, inbox.count(), "what was sent meanwhile is lost");
        }
    }

    @Test
    protected void whoIsClosedWhileItIsHeldStaysClosed() {
        MeshInterface held = openSecond(AS_CONFIGURED);
        held.hold(
                Optional.of(new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.")));
        held.close();
        held.hold(Optional.empty());

        assertEquals(InterfaceState.CLOSED, held.status().state());
    }

    @Test
    protected void whoIsHeldStaysSoThroughEveryChangeOfItsSettings() {
        Pair pair = connect();
        MeshInterface held = pair.second.opened();
        Set<Endpoint> endpoints = held.endpoints();
        Assumptions.assumeFalse(endpoints.isEmpty(), "this medium has no endpoints");
        Failure why = new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.");
        held.hold(Optional.of(why));

        Assumptions.assumeTrue(modifySecond(held, Map.of("mode", "gateway")), "a change makes a new instance");
        assertEquals(InterfaceMode.GATEWAY, held.policy().mode());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints(), "the claim stays");

        modifySecond(held, elsewhere());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertNotEquals(endpoints, held.endpoints(), "where it will meet others");

        modifySecond(held, Map.of("enabled", "false"));
        assertEquals(InterfaceState.DISABLED, held.status().state());
        assertEquals(Set.of(), held.endpoints());

        modifySecond(held, Map.of());
        assertEquals(InterfaceStatus.down(why), held.status());
        assertEquals(endpoints, held.endpoints());

        held.hold(Optional.empty());
        pair.second.awaitReady();
        pair.first.awaitReady();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
        exchange(pair.second, pair.first, Packets.random(2, 3, 100));
    }

    @Test
    protected void whoIsLetGoWhileItIsSwitchedOffOpensOnceItIsSwitchedOn() {
        Pair pair = connect();
        MeshInterface held = pair.second.opened();
        Assumptions.assumeFalse(held.endpoints().isEmpty(), "this medium has no endpoints");
        held.hold(
                Optional.of(new Failure(Failure.Kind.POLICY, "Its endpoint is another network's", "Choose another.")));
        Assumptions.assumeTrue(modifySecond(held, Map.of("enabled", "false")), "a change makes a new instance");

        held.hold(Optional.empty());
        assertEquals(InterfaceState.DISABLED, held.status().state());
        modifySecond(held, Map.of());

        pair.second.awaitReady();
        pair.first.awaitReady();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
    }

    @Test
    protected void disabledMeansDisabled() {
        Station first = station(openFirst(Map.of("enabled", "false")), firstHasChildren());
        first.attach();

        assertEquals(InterfaceState.DISABLED, first.opened().status().state());
        send(first.opened(), Packets.numbered(1, 100));
        assertEquals(1, first.opened().counters().droppedOutgoing());
        assertTrue(noThreads(), () -> "a disabled interface has no threads: " + ThreadCheck.alive(threadPrefix()));
    }

    @Test
    protected void aRefusedConfigurationIsDownWithItsReason() {
        for (Station station : List.of(
                station(openFirst(Map.of("kairos.refused", "mode = foo is not a mode")), firstHasChildren()),
                station(openSecond(Map.of("kairos.refused", "mode = foo is not a mode")), secondHasChildren()))) {
            station.attach();

            assertTrue(isDownWithRemedy(station.opened()));
            assertEquals("mode = foo is not a mode", failure(station.opened()).message());
        }
    }

    @Test
    protected void aWrongSettingIsAFailureNotAnException() {
        Station first = station(openFirst(Map.of("mode", "sideways")), firstHasChildren());
        first.attach();

        assertTrue(isDownWithRemedy(first.opened()));
        assertTrue(failure(first.opened()).message().contains("sideways"));
        assertTrue(noThreads());
    }

    @Test
    protected void logsAboveDebugTellNothingAboutNeighbours() {
        assertSame(
                RecordedLog.INSTANCE,
                LoggerFactory.getILoggerFactory(),
                "put io.kairos.test.contract before other back ends of SLF4J");
        RecordedLog.INSTANCE.clear();
        Station first = station(openFirst(AS_CONFIGURED), firstHasChildren());
        first.attach();
        if (firstNeedsSecond()) {
            Await.until("it is down with a failure", patience(), () -> isDownWithRemedy(first.opened()));
        }
        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        first.awaitReady();
        second.awaitReady();
        exchange(first, second, Packets.random(1, 3, 100));
        exchange(second, first, Packets.random(2, 3, 100));
        attackSecond(new byte[70_000]);
        second.close();
        if (firstNeedsSecond()) {
            Await.until("the first end is down", patience(), () -> isDownWithRemedy(first.opened()));
        }
        first.close();

        List<String> telling = RecordedLog.INSTANCE.lines().stream()
                .filter(line -> TELLTALE.matcher(line).find())
                .toList();
        assertEquals(List.of(), telling);
    }

    @Test
    protected void aHarmlessChangeOfSettingsKeepsNeighboursAndTellsTheCore() {
        Pair pair = connect();
        MeshInterface opened = pair.second.opened();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
        MeshInterface carrier = pair.second.carrier();
        int changes = pair.second.sink().changes();

        Assumptions.assumeTrue(
                modifySecond(opened, Map.of("mode", "gateway", "announce.cap.percent", "7")),
                "a change makes a new instance");

        assertEquals(InterfaceMode.GATEWAY, opened.policy().mode());
        assertEquals(InterfaceMode.GATEWAY, carrier.policy().mode());
        assertEquals(0.07, opened.policy().announceCap(), 1e-9);
        assertTrue(carrier.status().isUp() && pair.second.carrier() == carrier, "the same neighbour");
        assertTrue(pair.second.sink().changes() > changes, "the core is told");
        exchange(pair.first, pair.second, Packets.random(2, 3, 100));
        exchange(pair.second, pair.first, Packets.random(3, 3, 100));
        assertEquals(0, pair.second.sink().vanished());
    }

    @Test
    protected void aWrongChangeOfSettingsLeavesEverythingAsItWas() {
        Pair pair = connect();
        MeshInterface opened = pair.second.opened();

        Assumptions.assumeTrue(modifySecond(opened, Map.of("mode", "sideways")), "a change makes a new instance");
        modifySecond(opened, Map.of("kairos.refused", "mode = foo is not a mode"));

        assertEquals(InterfaceMode.FULL, opened.policy().mode());
        assertTrue(opened.status().isUp());
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
    }

    @Test
    protected void canBeSwitchedOffAndOnAgain() {
        Pair pair = connect();
        MeshInterface opened = pair.second.opened();
        Assumptions.assumeTrue(modifySecond(opened, Map.of("enabled", "false")), "a change makes a new instance");
        assertEquals(InterfaceState.DISABLED, opened.status().state());
        if (secondHasChildren()) {
            Await.until(
                    "children go",
                    patience(),
                    () -> pair.second.sink().children().isEmpty());
        }

        modifySecond(opened, Map.of());

        pair.second.awaitReady();
        pair.first.awaitReady();
        exchange(pair.first, pair.second, Packets.random(1, 3, 100));
        exchange(pair.second, pair.first, Packets.random(2, 3, 100));
    }

    @Test
    protected void countersAddUp() {
        Pair pair = connect();
        byte[][] packets = Packets.random(3, 20, 500);
        long bytes = Arrays.stream(packets).mapToLong(packet -> packet.length).sum();

        exchange(pair.first, pair.second, packets);

        assertEquals(20, pair.first.opened().counters().sentPackets());
        assertEquals(bytes, pair.first.opened().counters().sentBytes());
        assertEquals(20, pair.second.opened().counters().receivedPackets());
        assertEquals(bytes, pair.second.opened().counters().receivedBytes());
        assertEquals(0, pair.second.opened().counters().malformedFrames());
    }

    // ---- helpers ----

    /** Two ends that can talk. */
    protected record Pair(Station first, Station second) {}

    /** Opens both ends and waits until they can talk. */
    protected final Pair connect() {
        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        Station first = station(openFirst(AS_CONFIGURED), firstHasChildren());
        first.attach();
        first.awaitReady();
        second.awaitReady();
        return new Pair(first, second);
    }

    protected final Station station(MeshInterface opened, boolean hasChildren) {
        Station station = new Station(opened, hasChildren, patience());
        stations.add(station);
        return station;
    }

    /** Sends and waits until everything has arrived unharmed. */
    protected final void exchange(Station from, Station to, byte[][] packets) {
        RecordingSink inbox = to.inbox();
        int before = inbox.count();
        int sent = 0;
        while (sent < packets.length) {
            int next = (int) Math.min(packets.length, (long) sent + window());
            from.send(Arrays.copyOfRange(packets, sent, next));
            sent = next;
            int expected = before + sent;
            Await.until(
                    "packet " + expected + " arrives, there are " + inbox.count(),
                    patience(),
                    () -> inbox.count() >= expected);
        }
        List<byte[]> arrived = new ArrayList<>(inbox.packets().subList(before, before + sent));
        List<byte[]> expected = new ArrayList<>(List.of(packets));
        if (!keepsOrder()) {
            arrived.sort(Arrays::compare);
            expected.sort(Arrays::compare);
        }
        for (int i = 0; i < packets.length; i++) {
            assertArrayEquals(expected.get(i), arrived.get(i), "packet " + i);
        }
    }

    private static void send(MeshInterface carrier, byte[] packet) {
        carrier.send(ByteBuffer.wrap(packet));
        carrier.flush();
    }

    private void awaitQuiet(RecordingSink inbox) {
        int[] last = {-1};
        Await.until("the backlog is read", patience(), () -> {
            boolean quiet = last[0] == inbox.count();
            last[0] = inbox.count();
            return quiet && !Await.holdsWithin(Duration.ofMillis(200), () -> inbox.count() != last[0]);
        });
    }

    private static boolean isDownWithRemedy(MeshInterface opened) {
        return opened.status().state() == InterfaceState.DOWN
                && opened.status()
                        .failure()
                        .filter(why -> !why.message().isBlank() && !why.remedy().isBlank())
                        .isPresent();
    }

    private static Failure failure(MeshInterface opened) {
        return opened.status().failure().orElseThrow();
    }

    private boolean noThreads() {
        return ThreadCheck.alive(threadPrefix()).isEmpty();
    }
}
