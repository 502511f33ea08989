package io.kairos.core.management;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.identity.Blackholed;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import io.kairos.api.routing.PathCandidate;
import io.kairos.api.routing.PathTable;
import io.kairos.api.routing.Router;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceMode;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.test.kit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final String NETWORK = "0102030405060708090a0b0c0d0e0f10";
    private static final DestinationHash NODE = new DestinationHash(1, 2);
    private static final DestinationHash FAR = new DestinationHash(3, 4);
    private static final DestinationHash NEAR = new DestinationHash(5, 6);

    private final ManualClock clock = new ManualClock();
    private final FakeRouter router = new FakeRouter();
    private final TrafficRates rates = new TrafficRates(router, clock);

    @Test
    void statusTellsWhatTheToolsRead() {
        StatusAnswer status =
                new StatusAnswer(router, rates, Optional::empty, () -> Optional.of(FAR), () -> Optional.of(NETWORK));
        rates.sample();
        router.received = 3000;
        clock.advance(Duration.ofSeconds(2));
        rates.sample();

        List<?> answer = (List<?>) status.answer(List.of(true));
        Map<?, ?> node = (Map<?, ?>) MessagePack.unpack(MessagePack.pack(answer.get(0)));
        Map<?, ?> first = (Map<?, ?>) ((List<?>) node.get("interfaces")).get(0);
        Map<?, ?> child = (Map<?, ?>) ((List<?>) node.get("interfaces")).get(1);

        assertEquals(7L, answer.get(1));
        assertArrayEquals(NODE.toBytes(), (byte[]) node.get("transport_id"));
        assertArrayEquals(FAR.toBytes(), (byte[]) node.get("probe_responder"));
        assertArrayEquals(HexFormat.of().parseHex(NETWORK), (byte[]) node.get("network_id"));
        assertEquals(17.5, node.get("transport_uptime"));
        assertEquals(3000L, node.get("rxb"));
        assertEquals(8000.0, node.get("rxs"));
        assertEquals("TCPServerInterface[hub/127.0.0.1:4242]", first.get("name"));
        assertEquals("TCPServerInterface", first.get("type"));
        assertEquals("hub", first.get("short_name"));
        assertEquals(1L, first.get("mode"));
        assertEquals(1L, first.get("clients"));
        assertEquals(true, first.get("status"));
        assertNull(child.get("clients"));
        assertEquals(first.get("name"), child.get("parent_interface_name"));
        assertEquals(1, ((List<?>) status.answer(List.of(false))).size());
        assertNull(status.answer(List.of()));
        assertNull(status.answer("everything"));
    }

    @Test
    void pathsAreFilteredByDestinationAndHops() {
        PathAnswer paths = new PathAnswer(new FakePaths(), router);

        assertEquals(2, ((List<?>) paths.answer(Arrays.asList("table", null, null))).size());
        assertEquals(1, ((List<?>) paths.answer(Arrays.asList("table", null, 2L))).size());
        List<?> one = (List<?>) paths.answer(Arrays.asList("table", FAR.toBytes(), null));
        Map<?, ?> far = (Map<?, ?>) one.get(0);
        assertArrayEquals(FAR.toBytes(), (byte[]) far.get("hash"));
        assertEquals(5L, far.get("hops"));
        assertEquals("TCPServerInterface[hub/127.0.0.1:4242]", far.get("interface"));
        assertEquals(1.5, far.get("timestamp"));
        assertEquals(1, ((List<?>) paths.answer(Arrays.asList("rates", null))).size());
        assertNull(paths.answer(List.of("secrets")));
        assertNull(paths.answer(Arrays.asList("table", new byte[3], null)));
        assertNull(paths.answer(null));
    }

    @Test
    void listsOfRefusedIdentitiesSurviveTheWire() {
        IdentityHash who = new IdentityHash(7, 8);
        IdentityHash source = new IdentityHash(9, 10);
        Blackholed entry = new Blackholed(who, source, Optional.of(5000L), Optional.of("noise"));

        Object wire = MessagePack.unpack(MessagePack.pack(BlackholeList.encode(List.of(entry))));

        assertEquals(List.of(entry), BlackholeList.decode(wire, source));
        assertTrue(BlackholeList.decode("nonsense", source).isEmpty());
        assertTrue(BlackholeList.decode(Map.of("short", 1L), source).isEmpty());
    }

    private static final class FakeRouter implements Router {

        private long received = 1000;

        @Override
        public String network() {
            return "main";
        }

        @Override
        public DestinationHash transportId() {
            return NODE;
        }

        @Override
        public boolean forwards() {
            return true;
        }

        @Override
        public Duration uptime() {
            return Duration.ofMillis(17_500);
        }

        @Override
        public List<InterfaceView> interfaces() {
            List<InterfaceView> views = new ArrayList<>();
            views.add(view("hub", "TCPServerInterface[hub/127.0.0.1:4242]", Optional.empty(), received));
            views.add(view("hub/1", "TCPInterface[Client on hub/127.0.0.1:9]", Optional.of("hub"), received));
            return views;
        }

        private static InterfaceView view(String name, String description, Optional<String> parent, long received) {
            return new InterfaceView(
                    name,
                    "tcp",
                    description,
                    parent,
                    InterfaceState.UP,
                    Optional.empty(),
                    InterfaceMode.FULL,
                    LinkBudget.automatic(10_000_000),
                    false,
                    new InterfaceCounters(1, received, 2, 20, 0, 0, 0),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    false,
                    false,
                    0);
        }

        @Override
        public List<AnnounceView> announces() {
            return List.of();
        }

        @Override
        public Map<String, Long> refusals() {
            return Map.of();
        }

        @Override
        public long forwardedPackets() {
            return 0;
        }

        @Override
        public int transitLinks() {
            return 7;
        }
    }

    private static final class FakePaths implements PathTable {

        @Override
        public List<PathView> all() {
            return List.of(new PathView(FAR, path(5)), new PathView(NEAR, path(1)));
        }

        private static PathCandidate path(int hops) {
            return new PathCandidate(
                    NODE,
                    "hub",
                    hops,
                    1000,
                    1500,
                    2000,
                    1,
                    PathCandidate.Responsiveness.UNKNOWN,
                    InterfaceMode.FULL,
                    0,
                    1000,
                    0,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    true);
        }

        @Override
        public Optional<PathView> find(DestinationHash destination) {
            return all().stream()
                    .filter(view -> view.destination().equals(destination))
                    .findFirst();
        }

        @Override
        public int size() {
            return all().size();
        }

        @Override
        public Optional<Explanation> explain(DestinationHash destination) {
            return Optional.empty();
        }

        @Override
        public List<RateView> rates() {
            return List.of(new RateView(FAR, 1000, 2, 0, List.of(500L, 1000L)));
        }

        @Override
        public boolean drop(DestinationHash destination) {
            return false;
        }

        @Override
        public int dropVia(DestinationHash nextHop) {
            return 0;
        }

        @Override
        public int dropQueuedAnnounces() {
            return 0;
        }
    }
}
