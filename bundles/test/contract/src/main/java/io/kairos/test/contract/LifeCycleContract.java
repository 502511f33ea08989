package io.kairos.test.contract;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Up, down, up again and closed within a second, with no thread and no timer left behind. */
abstract class LifeCycleContract extends NeighbourContract {

    /** What takes a second may take so long where the machine does something else in between. */
    private static final long BUSY_MILLIS = 5_000;

    @Test
    protected void closesWithinASecondAndLeavesNothingBehind() {
        Pair pair = connect();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));

        for (Station station : List.of(pair.first(), pair.second())) {
            long start = System.nanoTime();
            station.opened().close();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertTrue(millis < BUSY_MILLIS, "close took " + millis + " ms, and may take a second");
            assertEquals(InterfaceState.CLOSED, station.opened().status().state());
        }

        assertTrue(
                Await.holdsWithin(Duration.ofMillis(BUSY_MILLIS), this::noThreads),
                () -> "left: " + ThreadCheck.alive(threadPrefix()));
        assertTrue(
                Await.holdsWithin(Duration.ofMillis(BUSY_MILLIS), () -> time.waiting() == 0),
                () -> "left: " + time.waiting() + " timers");
    }

    @Test
    protected void nothingThrowsAfterClose() {
        Pair pair = connect();
        MeshInterface carrier = pair.first().carrier();
        pair.first().close();
        pair.second().close();

        for (MeshInterface closed :
                List.of(carrier, pair.first().opened(), pair.second().opened())) {
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
        assertEquals(InterfaceState.CLOSED, pair.first().opened().status().state());
    }

    @Test
    protected void opensAgainOnTheSameSettings() {
        Pair pair = connect();
        String description = pair.second().opened().description();
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));

        pair.first().close();
        pair.second().close();
        Pair again = connect();

        assertEquals(description, again.second().opened().description());
        exchange(again.first(), again.second(), Packets.random(2, 3, 100));
        exchange(again.second(), again.first(), Packets.random(3, 3, 100));
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
        exchange(pair.first(), pair.second(), Packets.random(1, 3, 100));

        pair.second().close();
        if (firstNeedsSecond()) {
            Await.until(
                    "the first end is down",
                    patience(),
                    () -> isDownWithRemedy(pair.first().opened()));
        }
        if (firstHasChildren()) {
            Await.until(
                    "the child is gone",
                    childPatience(),
                    () -> pair.first().sink().children().isEmpty());
        }
        Station second = station(openSecond(AS_CONFIGURED), secondHasChildren());
        second.attach();
        second.awaitReady();

        exchange(pair.first(), second, Packets.random(4, 3, 100));
        exchange(second, pair.first(), Packets.random(5, 3, 100));
    }
}
