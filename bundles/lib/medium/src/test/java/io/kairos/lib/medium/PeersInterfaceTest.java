package io.kairos.lib.medium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.MeshInterface;
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

class PeersInterfaceTest {

    private static final byte[] PACKET = {1, 2, 3};
    private static final MeshException GONE = new MeshException(Failure.Kind.PEER, "It has gone", "Wait.");

    private final ManualClock clock = new ManualClock();
    private final RecordingSink core = new RecordingSink();
    private final List<FakeLine> lines = new CopyOnWriteArrayList<>();
    private final Village village = new Village();

    /** Room for two. */
    private final class Village extends PeersInterface<Fakes> {

        Village() {
            super("village", clock, clock, LoggerFactory.getLogger(PeersInterfaceTest.class));
            begin(() -> Fakes.on("a"), () -> Fakes.on("a"));
        }

        Optional<PeerInterface> comes(String name, Line line) {
            return connected(name, "Villager[" + name + "]", line);
        }

        Optional<PeerInterface> isCalled(String name) {
            return called(name, "Villager[" + name + "]", this::line, RetryPace.every(Duration.ofSeconds(15)));
        }

        void set(Fakes changed) {
            change(() -> changed);
        }

        void leaves(PeerInterface peer) {
            drop(peer);
        }

        List<PeerInterface> all() {
            return peers();
        }

        private FakeLine line() {
            FakeLine line = new FakeLine();
            lines.add(line);
            return line;
        }

        @Override
        protected int mostPeers() {
            return 2;
        }

        @Override
        public String description() {
            return "Village";
        }

        @Override
        protected Line newLine(Fakes of) {
            return line();
        }
    }

    @AfterEach
    void close() {
        village.close();
    }

    private static void awaitState(MeshInterface medium, InterfaceState state) {
        WaitFor.condition(state.toString(), () -> medium.status().state() == state);
    }

    @Test
    void aNeighbourThatConnectsIsAnInterfaceUntilItsLineEnds() {
        village.attach(core);
        FakeLine line = new FakeLine();
        PeerInterface anna = village.comes("anna", line).orElseThrow();
        line.comesUp().hears(PACKET);
        awaitState(anna, InterfaceState.UP);
        RecordingSink ofAnna = core.childSink(anna).orElseThrow();
        assertArrayEquals(PACKET, ofAnna.awaitPackets(1).get(0));
        anna.send(ByteBuffer.wrap(PACKET));
        assertArrayEquals(PACKET, line.sent.peek());

        line.fails(GONE);

        WaitFor.condition("she is gone", () -> village.all().isEmpty());
        assertEquals(1, core.vanishedChildren());
        assertEquals(InterfaceState.CLOSED, anna.status().state());
        assertEquals(1, village.counters().receivedPackets(), "what she has sent is remembered");
    }

    @Test
    void aNeighbourThatIsCalledIsCalledAgain() {
        village.attach(core);
        PeerInterface bert = village.isCalled("bert").orElseThrow();
        FakeLine first = lines.get(lines.size() - 1);
        first.comesUp().fails(GONE);
        awaitState(bert, InterfaceState.DOWN);

        clock.advance(Duration.ofSeconds(15));
        lines.get(lines.size() - 1).comesUp();

        awaitState(bert, InterfaceState.UP);
        assertEquals(0, core.vanishedChildren());
        village.leaves(bert);
        assertEquals(1, core.vanishedChildren());
    }

    @Test
    void aCoreThatComesLaterHearsOfThoseWhoAreThere() {
        PeerInterface anna = village.comes("anna", new FakeLine()).orElseThrow();

        village.attach(core);

        assertEquals(List.of(anna), core.children());
    }

    @Test
    void thereIsRoomForSoManyAndNoMore() {
        village.comes("anna", new FakeLine()).orElseThrow();
        village.comes("bert", new FakeLine()).orElseThrow();
        FakeLine third = new FakeLine();

        assertTrue(village.comes("carl", third).isEmpty());
        assertTrue(third.isClosed());
    }

    @Test
    void neighboursEndWithTheSettingsTheyDependOn() {
        village.attach(core);
        FakeLine line = new FakeLine();
        village.comes("anna", line).orElseThrow();

        village.set(Fakes.on("b"));

        assertTrue(line.isClosed());
        assertEquals(List.of(), village.all());
        assertEquals(1, core.vanishedChildren());
        assertTrue(village.comes("bert", new FakeLine()).isPresent());
    }

    @Test
    void aClosedOneIsSilentAndTakesNobody() {
        village.attach(core);
        FakeLine line = new FakeLine();
        village.comes("anna", line).orElseThrow();

        village.close();

        assertTrue(line.isClosed());
        assertEquals(0, core.vanishedChildren(), "the core is not told any more");
        assertFalse(village.comes("bert", new FakeLine()).isPresent());
    }

    @Test
    void theParentCarriesNothingItself() {
        assertFalse(village.carriesPackets());
    }
}
