package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.MeshInterface;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.RecordingSink;
import io.kairos.test.kit.WaitFor;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A base station, the gateway of a provider with its moods, and modems at sea. */
class GroundLineTest {

    private static final String BOAT = "300234010123450";
    private static final String HUT = "300234010123468";

    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedModem boat = new SimulatedModem();
    private final SimulatedModem hut = new SimulatedModem();
    private final int port = SimulatedGateway.freePort();
    private final SimulatedGateway gateway = new SimulatedGateway(port);
    private final RecordingSink inbox = new RecordingSink();
    private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();

    GroundLineTest() {
        gateway.join(BOAT, boat);
        gateway.join(HUT, hut);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        gateway.close();
        time.close();
    }

    @Test
    void packetsGoBothWaysInPieces() {
        open(Map.of());
        RecordingSink aboard = new RecordingSink();
        SbdInterface sea = sea("sea", boat, aboard);

        sea.send(ByteBuffer.wrap(SbdLineTest.packet(500)));
        WaitFor.condition("it is on the ground", () -> packets("base/boat").size() == 1);
        assertArrayEquals(SbdLineTest.packet(500), packets("base/boat").get(0));
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(501)));
        assertArrayEquals(SbdLineTest.packet(501), aboard.awaitPackets(1).get(0));
        assertTrue(boat.commands.contains("AT+SBDWB=340"), "as long as a gateway takes: " + boat.commands);
        assertEquals(List.of(), packets("base/hut"));
    }

    @Test
    void eachModemHasItsOwnWay() {
        open(Map.of());
        RecordingSink inTheHut = new RecordingSink();
        sea("sea", boat, new RecordingSink());
        sea("mountain", hut, inTheHut);

        child("base/hut").send(ByteBuffer.wrap(SbdLineTest.packet(80)));
        assertArrayEquals(SbdLineTest.packet(80), inTheHut.awaitPackets(1).get(0));
        assertEquals(0, child("base/boat").counters().sentPackets());
    }

    @Test
    void whatTheGatewayCannotTakeWaitsAndTheStatusSaysWhy() {
        open(Map.of());
        gateway.vanish();
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(300)));

        awaitDown("base/boat", "The gateway cannot be reached");
        assertTrue(child("base/hut").status().isUp(), "nobody has written to it");
        gateway.reach();
        RecordingSink aboard = new RecordingSink();
        sea("sea", boat, aboard); // its first look tells the base station that the gateway lives
        assertArrayEquals(SbdLineTest.packet(300), aboard.awaitPackets(1).get(0));
        WaitFor.condition("the way is open", () -> child("base/boat").status().isUp());
    }

    @Test
    void whatComesWhileTheWayIsClosedArrivesAllTheSame() {
        open(Map.of());
        gateway.vanish();
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(300)));
        awaitDown("base/boat", "The gateway cannot be reached");

        sea("sea", boat, new RecordingSink()).send(ByteBuffer.wrap(SbdLineTest.packet(90)));
        WaitFor.condition("it is there", () -> packets("base/boat").size() == 1);
    }

    @Test
    void statusesOfTheGatewayAreFailuresWithRemediesOrCostOneMessage() {
        open(Map.of());
        gateway.statuses.add(-3);
        gateway.statuses.add(-5);
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(20)));
        WaitFor.condition("it is dropped", () -> gateway.statuses.size() == 1);
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(30)));
        awaitDown("base/boat", "The gateway has too many messages for this modem (status -5)");

        gateway.statuses.add(-2);
        child("base/hut").send(ByteBuffer.wrap(SbdLineTest.packet(20)));
        awaitDown("base/hut", "The gateway takes no messages for this modem (status -2)");
        assertTrue(child("base/hut").status().failure().orElseThrow().remedy().contains("contract"));

        RecordingSink aboard = new RecordingSink();
        sea("sea", boat, aboard);
        assertArrayEquals(SbdLineTest.packet(30), aboard.awaitPackets(1).get(0), "only the refused one is lost");
    }

    @Test
    void aMessageWhoseAnswerIsLostIsSentAgainAndComesOnce() {
        open(Map.of());
        gateway.losesAnswers = true;
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(40)));
        awaitDown("base/boat", "The gateway has not confirmed a message");
        gateway.losesAnswers = false;
        RecordingSink aboard = new RecordingSink();
        sea("sea", boat, aboard);

        WaitFor.condition("the way is open", () -> child("base/boat").status().isUp());
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(41)));
        List<byte[]> came = aboard.awaitPackets(2);
        assertArrayEquals(SbdLineTest.packet(40), came.get(0));
        assertArrayEquals(SbdLineTest.packet(41), came.get(1));
    }

    @Test
    void unknownModemsAndStrangersAreRefused() {
        GroundInterface base = open(Map.of());
        assertTrue(gateway.isBrought(SimulatedGateway.mobileOriginated("300234010999999", message(60))));
        WaitFor.condition("it is counted", () -> {
            gateway.isBrought(SimulatedGateway.mobileOriginated(BOAT, new byte[0]));
            return base.counters().malformedFrames() >= 1;
        });
        assertEquals(List.of(), packets("base/boat"));
        assertEquals(List.of(), packets("base/hut"));
    }

    @Test
    void whoeverIsNotInTheListOfAddressesIsHungUpOn() {
        GroundInterface base = open(Map.of("gateway.addresses", "198.51.100.0/24,2001:db8::/32"));
        WaitFor.condition("it is counted", () -> {
            gateway.isBrought(SimulatedGateway.mobileOriginated(BOAT, message(60)));
            return base.counters().malformedFrames() >= 2;
        });
        assertEquals(List.of(), packets("base/boat"));
    }

    @Test
    void whereTheProviderAsksItIsToldWhatWasTaken() {
        gateway.asks = true;
        open(Map.of("gateway.confirm", "true"));
        assertTrue(gateway.isBrought(SimulatedGateway.mobileOriginated(BOAT, message(60))));
        assertFalse(gateway.isBrought(SimulatedGateway.mobileOriginated("300234010999999", message(60))));
        assertEquals(List.of(1, 0), gateway.confirmations);
        WaitFor.condition("it is there", () -> packets("base/boat").size() == 1);
    }

    @Test
    void bothWaysArePaidFromOneBudgetAndItsEndIsAFailure() {
        GroundInterface base = open(Map.of("budget.credits.per.month", "9", "budget.reserve.percent", "0"));
        child("base/boat").send(ByteBuffer.wrap(SbdLineTest.packet(240))); // 250 bytes: five credits
        WaitFor.condition("it is paid", () -> left(base) == 4);
        assertTrue(gateway.isBrought(SimulatedGateway.mobileOriginated(HUT, message(60)))); // 70 bytes: two
        assertTrue(gateway.isBrought(SimulatedGateway.mobileOriginated(HUT, new byte[0]))); // a look: one
        WaitFor.condition("it is paid", () -> left(base) == 1);
        assertTrue(
                base.examine().get(0).message().contains("1 of 9 credits"),
                base.examine().toString());
        assertTrue(gateway.isBrought(SimulatedGateway.mobileOriginated(HUT, message(61)))); // two

        awaitDown("base/hut", "The budget of this month is used up");
        assertEquals(
                Failure.Kind.POLICY,
                child("base/hut").status().failure().orElseThrow().kind());
        WaitFor.condition("what was paid arrives", () -> packets("base/hut").size() == 2);
        assertTrue(base.examine().get(0).remedy().contains("raise the budget"));
        base.close();
        String account = new String(store.read(StoreBook.document("base")).orElseThrow(), StandardCharsets.US_ASCII);
        assertTrue(account.matches("\\d{4}-\\d\\d 10"), account);
    }

    @Test
    void aPortThatIsTakenIsAFailureWithARemedyAndNoModemIsThere() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            GroundInterface base = make(Map.of());
            WaitFor.condition("it is down", () -> base.status().failure().isPresent());
            assertTrue(base.status().failure().orElseThrow().message().contains(taken.getLocalPort() + " is taken"));
            assertEquals(List.of(), inbox.children());
        }
    }

    private static long left(GroundInterface base) {
        return base.readings().stream()
                .filter(reading -> reading.name().equals("budget_left"))
                .mapToLong(reading -> (long) reading.value())
                .findFirst()
                .orElse(-1);
    }

    private void awaitDown(String name, String why) {
        WaitFor.condition(
                name + " is down: " + why,
                () -> child(name)
                        .status()
                        .failure()
                        .filter(failure -> failure.message().equals(why))
                        .isPresent());
    }

    private MeshInterface child(String name) {
        return inbox.children().stream()
                .filter(child -> child.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<byte[]> packets(String name) {
        return inbox.childSink(child(name)).orElseThrow().packets();
    }

    private static byte[] message(int size) {
        ArrayDeque<byte[]> queue = new ArrayDeque<>(List.of(SbdLineTest.packet(size)));
        return new Pieces(size, 340)
                .next(() -> Optional.ofNullable(queue.poll()))
                .orElseThrow();
    }

    private GroundInterface open(Map<String, Object> extra) {
        GroundInterface base = make(extra);
        WaitFor.condition(
                "both modems are there",
                () -> inbox.children().size() == 2
                        && inbox.children().stream()
                                .allMatch(child -> child.status().isUp()));
        assertEquals(
                Set.of("base/boat", "base/hut"),
                Set.copyOf(inbox.children().stream().map(MeshInterface::name).toList()));
        return base;
    }

    private GroundInterface make(Map<String, Object> extra) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "interface.name", "base",
                "modems", "boat:" + BOAT + ",hut:" + HUT,
                "listen.host", "127.0.0.1",
                "listen.port", port,
                "gateway.addresses", "127.0.0.1",
                "gateway.host", "127.0.0.1",
                "gateway.port", gateway.port()));
        all.putAll(extra);
        Settings settings = Settings.of().with(all);
        GroundInterface base = new GroundInterface(settings.as(GroundConfig.class), settings.map(), time, time);
        opened.add(base);
        base.attach(inbox);
        base.bindStore(store);
        return base;
    }

    private SbdInterface sea(String name, SimulatedModem modem, RecordingSink aboard) {
        Settings settings = Settings.of("interface.name", name, "port", "tcp://127.0.0.1:1", "message.bytes", 340);
        SbdInterface sea =
                new SbdInterface(settings.as(SbdConfig.class), settings.map(), time, time, use -> modem.open());
        opened.add(sea);
        sea.attach(aboard); // before it can open: it looks into the mailbox at once
        sea.bindStore(store);
        WaitFor.condition("it is up", () -> sea.status().isUp());
        return sea;
    }
}
