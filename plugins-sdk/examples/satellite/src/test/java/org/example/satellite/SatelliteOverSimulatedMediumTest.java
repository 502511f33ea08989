package org.example.satellite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.LineConditions;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.SimulatedMedium;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A month of a satellite in milliseconds. The clock starts on the first of January. */
class SatelliteOverSimulatedMediumTest {

    private static final int PROOF = 3;
    private static final int ANNOUNCE = 1;
    private static final int DATA = 0;

    private final ManualClock clock = new ManualClock();
    private final SimulatedMedium sky = new SimulatedMedium(
            clock,
            clock,
            20_260_101,
            LineConditions.PERFECT.withBitsPerSecond(2_400).withDelay(Duration.ofMillis(700)));
    private final MemoryStore store = new MemoryStore();
    private final List<SatelliteInterface> opened = new ArrayList<>();
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void end() {
        opened.forEach(SatelliteInterface::close);
    }

    @Test
    void packetsTakeTheirBitsAndTheLongWay() {
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 0));
        SatelliteInterface shore = open("shore", Map.of("budget.bytes.per.month", 0));
        shore.attach(sink);

        ship.send(packet(DATA, 298, 1)); // 300 bytes with its flags: one second at 2,400 bit/s
        clock.advance(Duration.ofMillis(1_690));
        assertEquals(0, sink.count());
        clock.advance(Duration.ofMillis(20));

        assertEquals(1, sink.count());
        assertEquals(298, sink.packets().get(0).length);
    }

    @Test
    void theUrgentPacketOvertakesThoseThatWait() {
        SatelliteInterface ship = open("ship", Map.of());
        open("shore", Map.of()).attach(sink);

        for (int i = 1; i <= 3; i++) {
            ship.send(packet(ANNOUNCE, 200, i));
        }
        ship.send(packet(PROOF, 115, 9));
        clock.advance(Duration.ofMinutes(1));

        assertEquals(
                List.of(9, 1, 2, 3),
                sink.packets().stream().map(packet -> (int) packet[1]).toList());
    }

    @Test
    void whenMoneyIsShortAnnouncesStayBehindThenLongPackets() {
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 10_000));
        open("shore", Map.of("budget.bytes.per.month", 0)).attach(sink);

        sendUntilLeft(ship, 1_990);
        int before = sink.count();
        ship.send(packet(ANNOUNCE, 200, 1));
        ship.send(packet(DATA, 300, 2));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(before + 1, sink.count(), "data goes on, announces do not");

        sendUntilLeft(ship, 490);
        before = sink.count();
        ship.send(packet(DATA, 300, 3));
        ship.send(packet(DATA, 100, 4));
        ship.send(packet(PROOF, 115, 5));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(before + 2, sink.count(), "what is short and what proves");
        assertTrue(ship.counters().droppedOutgoing() >= 2);
    }

    @Test
    void withoutMoneyItIsDownUntilTheNextMonthAlsoAfterARestart() {
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 10_000, "budget.reserve.percent", 0));
        sendUntilLeft(ship, 63);

        Failure why = ship.status().failure().orElseThrow();
        assertEquals(Failure.Kind.POLICY, why.kind());
        assertEquals("The budget of this month is used up", why.message());
        ship.close();
        SatelliteInterface again = open("ship", Map.of("budget.bytes.per.month", 10_000, "budget.reserve.percent", 0));
        assertEquals(InterfaceState.DOWN, again.status().state());
        assertTrue(again.remainingBytes() < 64);

        clock.advance(Duration.ofDays(31));
        assertTrue(again.status().isUp());
        assertEquals(10_000, again.remainingBytes());
    }

    @Test
    void theRouterIsToldThatBytesBecomeDearer() {
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 20_000, "cost.per.megabyte", 100));
        ship.attach(sink);
        double first = ship.budget().costPerMegabyte();
        double share = ship.budget().airtimeShare();
        int changes = sink.changes();

        sendUntilLeft(ship, 5_000);

        assertEquals(100, first);
        assertTrue(
                ship.budget().costPerMegabyte() >= 350,
                "dearer: " + ship.budget().costPerMegabyte());
        assertTrue(ship.budget().airtimeShare() < share, "and less often");
        assertTrue(sink.changes() > changes, "the core is told");
        assertTrue(sink.changes() < changes + 60, "in steps, not for every packet");
    }

    @Test
    void whatArrivesCostsToo() {
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 100_000));
        SatelliteInterface shore = open("shore", Map.of("budget.bytes.per.month", 0));

        shore.send(packet(DATA, 298, 1));
        clock.advance(Duration.ofSeconds(10));

        assertEquals(100_000 - 300, ship.remainingBytes());
    }

    @Test
    void packetsWaitWhileTheSatelliteIsAway() {
        Map<String, Object> windows =
                Map.of("window.period.minutes", 100, "window.length.minutes", 10, "budget.bytes.per.month", 0);
        SatelliteInterface ship = open("ship", windows);
        open("shore", windows).attach(sink);
        assertTrue(ship.status().isUp());

        clock.advance(Duration.ofMinutes(10));
        assertEquals(InterfaceState.DOWN, ship.status().state());
        assertTrue(ship.status().failure().orElseThrow().remedy().contains("2026-01-01T01:40:00Z"));
        ship.send(packet(DATA, 100, 1));
        assertEquals(1, ship.counters().droppedOutgoing(), "the router knows better ways while it is away");

        clock.advance(Duration.ofMinutes(90));
        assertTrue(ship.status().isUp());
        ship.send(packet(DATA, 100, 2));
        clock.advance(Duration.ofSeconds(10));
        assertEquals(1, sink.count());
    }

    @Test
    void aFadingSignalCostsPacketsAndNeverCutsTheRest() {
        sky.conditions(sky.conditions().withLoss(0.3));
        SatelliteInterface ship = open("ship", Map.of("budget.bytes.per.month", 0));
        open("shore", Map.of("budget.bytes.per.month", 0)).attach(sink);

        for (int i = 0; i < 100; i++) {
            ship.send(packet(DATA, 300, i));
            clock.advance(Duration.ofSeconds(2));
        }
        clock.advance(Duration.ofSeconds(10));

        assertTrue(sink.count() > 50 && sink.count() < 90, sink.count() + " of 100 at 30 % loss");
        assertTrue(sink.packets().stream().allMatch(packet -> packet.length == 300));
        assertFalse(sink.packets().isEmpty());
    }

    /** Short packets, which are sent down to the last byte, until at most so many bytes are left. */
    private void sendUntilLeft(SatelliteInterface ship, long bytes) {
        for (int i = 0;
                i < 2_000 && ship.remainingBytes() > bytes && ship.status().isUp();
                i++) {
            long left = ship.remainingBytes() - bytes;
            ship.send(packet(DATA, (int) Math.max(20, Math.min(118, left / 2 - 1)), i));
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(10)); // for what is under way
        assertTrue(ship.remainingBytes() <= bytes, ship.remainingBytes() + " are left");
    }

    /** A packet whose first byte tells its type, and whose second one which it is. */
    private static ByteBuffer packet(int type, int size, int number) {
        byte[] packet = new byte[size];
        packet[0] = (byte) type;
        packet[1] = (byte) number;
        return ByteBuffer.wrap(packet);
    }

    private SatelliteInterface open(String name, Map<String, Object> more) {
        Settings settings = Settings.of("interface.name", name).with(more);
        SatelliteInterface made = new SatelliteInterface(
                settings.as(SatelliteConfig.class),
                settings.map(),
                store,
                clock,
                clock,
                checked -> new SimulatedModem(sky.station(name)));
        opened.add(made);
        WaitFor.condition("the account is open", () -> made.status().state() != InterfaceState.STARTING);
        return made;
    }
}
