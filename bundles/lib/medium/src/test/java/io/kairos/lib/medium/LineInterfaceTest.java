package io.kairos.lib.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Signal;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.RecordingSink;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LineInterfaceTest {

    private static final byte[] PACKET = {1, 2, 3};
    private static final MeshException UNPLUGGED =
            new MeshException(Failure.Kind.HARDWARE, "The radio is not plugged in", "Plug it in.");

    private final ManualClock clock = new ManualClock();
    private final RecordingSink core = new RecordingSink();
    private final List<FakeLine> lines = new CopyOnWriteArrayList<>();
    private Medium medium = new Medium(Fakes.on("a"));

    /** The shortest transport there can be. */
    private final class Medium extends LineInterface<Fakes> {

        Medium(Fakes settings) {
            this(settings, null);
        }

        Medium(Fakes settings, RuntimeException wrong) {
            super("fake", clock, clock, LoggerFactory.getLogger(LineInterfaceTest.class));
            begin(
                    () -> {
                        if (wrong != null) {
                            throw wrong;
                        }
                        return settings;
                    },
                    () -> Fakes.on("nothing").switchedOff());
        }

        void set(Fakes changed) {
            change(() -> changed);
        }

        void setWrong() {
            change(() -> {
                throw Checks.refuse("x is wrong", "Correct it.");
            });
        }

        void look() {
            tryNow();
        }

        @Override
        public String description() {
            return "Fake[" + name() + "]";
        }

        @Override
        protected Line newLine(Fakes of) {
            FakeLine line = new FakeLine();
            lines.add(line);
            return line;
        }
    }

    @AfterEach
    void close() {
        medium.close();
        lines.forEach(FakeLine::awaitEnd);
    }

    private FakeLine line() {
        return lines.get(lines.size() - 1);
    }

    private void awaitState(InterfaceState state) {
        WaitFor.condition(state.toString(), () -> medium.status().state() == state);
    }

    private FakeLine up() {
        line().comesUp();
        awaitState(InterfaceState.UP);
        return line();
    }

    @Test
    void isUpWhenItsLineSaysSo() {
        assertEquals(InterfaceState.STARTING, medium.status().state());
        up();
    }

    @Test
    void packetsCountForTheNeighbourWhoSentThem() {
        medium.attach(core);
        up().happens(events ->
                events.packetFrom("N0CALL-7", ByteBuffer.wrap(PACKET.clone()), Optional.of(new Signal(-90, 3, 50))));
        WaitFor.condition("it arrives", () -> core.packets().size() == 1);

        assertArrayEquals(PACKET, core.packets().get(0));
        assertEquals(1, medium.counters().receivedPackets());
        Neighbour heard = medium.neighbours().get(0);
        assertEquals("N0CALL-7", heard.name());
        assertEquals(PACKET.length, heard.bytes());
        assertEquals(Optional.of(new Signal(-90, 3, 50)), heard.signal());
    }

    @Test
    void packetsGoBothWays() {
        medium.attach(core);
        up().hears(PACKET);
        medium.send(ByteBuffer.wrap(PACKET));

        assertArrayEquals(PACKET, core.awaitPackets(1).get(0));
        assertArrayEquals(PACKET, line().sent.peek());
        assertEquals(1, medium.counters().sentPackets());
        assertEquals(3, medium.counters().receivedBytes());
    }

    @Test
    void whatComesWithoutACoreIsDroppedAndCounted() {
        up().hears(PACKET);

        WaitFor.condition("dropped", () -> medium.counters().droppedIncoming() == 1);
    }

    @Test
    void aLineThatFailsIsOpenedAgainAfterThePause() {
        line().fails(UNPLUGGED);
        awaitState(InterfaceState.DOWN);
        assertEquals(Optional.of(UNPLUGGED.failure()), medium.status().failure());
        medium.send(ByteBuffer.wrap(PACKET));
        assertEquals(1, medium.counters().droppedOutgoing());

        clock.advance(Duration.ofSeconds(5));
        assertEquals(2, lines.size());
        up();
    }

    @Test
    void whatALineWaitsForIsToldWithWhyTheAttemptBeforeFailed() {
        line().waitsFor("The service is being published");
        WaitFor.condition(
                "it says so",
                () -> medium.status()
                        .failure()
                        .filter(why -> why.message().equals("The service is being published"))
                        .isPresent());
        assertEquals(InterfaceState.STARTING, medium.status().state());
        line().fails(UNPLUGGED);
        awaitState(InterfaceState.DOWN);

        clock.advance(Duration.ofSeconds(5));
        line().waitsFor("The device is set up");
        awaitState(InterfaceState.STARTING);
        assertEquals(
                new Failure(
                        Failure.Kind.HARDWARE,
                        "The device is set up; the attempt before: The radio is not plugged in",
                        "Plug it in."),
                medium.status().failure().orElseThrow());
        up().waitsFor("nothing any more").hears(PACKET);
        WaitFor.condition("it has said that", () -> medium.counters().droppedIncoming() == 1);
        assertEquals(InterfaceStatus.of(InterfaceState.UP), medium.status());
    }

    @Test
    void aDeviceThatComesIsTriedAtOnce() {
        line().fails(UNPLUGGED);
        awaitState(InterfaceState.DOWN);

        medium.look();

        assertEquals(2, lines.size());
        clock.advance(Duration.ofSeconds(60));
        assertEquals(2, lines.size(), "the pause was given up");
    }

    @Test
    void aFaultOfTheTransportIsOneOfItsEnds() {
        line().happens(events -> {
            throw new IllegalStateException("not foreseen");
        });
        awaitState(InterfaceState.DOWN);

        assertEquals(Failure.Kind.BUG, medium.status().failure().orElseThrow().kind());
        clock.advance(Duration.ofSeconds(5));
        up();
    }

    @Test
    void settingsThatDoNotConcernTheLineLeaveIt() {
        FakeLine before = up();

        medium.set(Fakes.on("a"));
        assertSame(before, line());

        medium.set(Fakes.on("b"));
        assertNotSame(before, line());
        assertTrue(before.isClosed());
    }

    @Test
    void wrongSettingsChangeNothing() {
        FakeLine before = up();

        medium.setWrong();

        assertSame(before, line());
        assertTrue(medium.status().isUp());
    }

    @Test
    void wrongSettingsAtTheBeginningAreShownUntilTheyAreRight() {
        medium.close();
        lines.forEach(FakeLine::awaitEnd);
        lines.clear();
        medium = new Medium(Fakes.on("a"), Checks.refuse("x is wrong", "Correct it."));

        assertEquals("x is wrong", medium.status().failure().orElseThrow().message());
        assertEquals(List.of(), lines);

        medium.set(Fakes.on("nothing"));
        up();
    }

    @Test
    void isSwitchedOffAndOn() {
        FakeLine before = up();

        medium.set(Fakes.on("a").switchedOff());
        assertEquals(InterfaceState.DISABLED, medium.status().state());
        assertTrue(before.isClosed());

        medium.set(Fakes.on("a"));
        up();
    }

    @Test
    void whatAClosedLineStillSaysDoesNotCount() {
        medium.attach(core);
        FakeLine before = up();
        medium.hold(Optional.of(UNPLUGGED.failure()));

        before.hears(PACKET).comesUp();
        before.awaitEnd();

        assertEquals(InterfaceState.DOWN, medium.status().state());
        assertEquals(List.of(), core.packets());
        assertEquals(1, lines.size());
        medium.hold(Optional.empty());
        up();
    }

    @Test
    void closingEndsTheThreadAndTheAttempts() {
        line().fails(UNPLUGGED);
        awaitState(InterfaceState.DOWN);

        medium.close();
        clock.advance(Duration.ofSeconds(60));

        assertEquals(1, lines.size());
        assertEquals(InterfaceState.CLOSED, medium.status().state());
        assertEquals(0, clock.waiting());
        medium.attach(core);
        medium.set(Fakes.on("b"));
        assertEquals(1, lines.size());
        assertFalse(medium.status().isUp());
    }
}
