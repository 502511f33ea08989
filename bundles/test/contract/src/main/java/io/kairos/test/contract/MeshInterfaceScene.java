package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** How the two ends of a medium are opened, what the medium does not promise, and what all themes of the contract need. */
abstract class MeshInterfaceScene {

    static final Map<String, Object> AS_CONFIGURED = Map.of();

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

    /** How long it may take until a neighbour that went silently is noticed. */
    protected Duration childPatience() {
        return patience();
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

    // ---- each test ----

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

    static void send(MeshInterface carrier, byte[] packet) {
        carrier.send(ByteBuffer.wrap(packet));
        carrier.flush();
    }

    final void awaitQuiet(RecordingSink inbox) {
        int[] last = {-1};
        Await.until("the backlog is read", patience(), () -> {
            boolean quiet = last[0] == inbox.count();
            last[0] = inbox.count();
            return quiet && !Await.holdsWithin(Duration.ofMillis(200), () -> inbox.count() != last[0]);
        });
    }

    static boolean isDownWithRemedy(MeshInterface opened) {
        return opened.status().state() == InterfaceState.DOWN
                && opened.status()
                        .failure()
                        .filter(why -> !why.message().isBlank() && !why.remedy().isBlank())
                        .isPresent();
    }

    static Failure failure(MeshInterface opened) {
        return opened.status().failure().orElseThrow();
    }

    final boolean noThreads() {
        return ThreadCheck.alive(threadPrefix()).isEmpty();
    }
}
