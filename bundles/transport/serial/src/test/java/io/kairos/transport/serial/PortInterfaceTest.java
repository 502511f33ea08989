package io.kairos.transport.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.Neighbour;
import io.kairos.api.transport.Offer;
import io.kairos.lib.serial.SerialPort;
import io.kairos.lib.serial.SerialSettings;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.SerialCable;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortInterfaceTest {

    private static final String GREETING = "c00123c0c00402c0c00240c0c00302c0c00f01c0";
    private static final String PACKET = "0102030405060708090a0b0c0d0e0f1011121314";

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();
    private final RecordingSink sink = new RecordingSink();
    private SerialCable cable;
    private PortInterface opened;
    private SerialPort other;

    @BeforeEach
    void plug() {
        cable = new SerialCable(folder);
        other = SerialPort.open(SerialSettings.of(cable.second(), 115_200));
    }

    @AfterEach
    void end() {
        if (opened != null) {
            opened.close();
        }
        other.close();
        cable.close();
    }

    @Test
    void isKnownByTheTextsAndNumbersOfReticulumsInterfaces() {
        serial(Map.of("speed", 57_600));
        assertEquals("SerialInterface[line]", opened.description());
        assertEquals(LinkBudget.plain(57_600, 564), opened.budget());
        assertFalse(opened.policy().ingressControl());
        opened.close();

        kiss(Map.of("access.passphrase", "secret"));
        assertEquals("KISSInterface[line]", opened.description());
        assertEquals(LinkBudget.plain(1_200, 564), opened.budget());
        assertEquals(8, opened.policy().accessCode().orElseThrow().sizeBytes());
        opened.close();

        ax25(Map.of("callsign", "n0call"));
        assertEquals("AX25KISSInterface[line]", opened.description());
        assertEquals("ax25", opened.kind());
    }

    @Test
    void aFrameThatStandsStillIsGivenUp() {
        serial(Map.of());
        awaitUp();
        write("7e010203");
        WaitFor.condition("silence", Duration.ofSeconds(5), new Pause(350)::isOver);
        write("7e" + PACKET + "7e");
        WaitFor.condition("the packet", () -> sink.count() == 1);

        assertEquals(PACKET, HexFormat.of().formatHex(sink.packets().get(0)));
    }

    @Test
    void noiseCostsNoMoreThanItsFrame() {
        serial(Map.of());
        awaitUp();
        write("7e" + PACKET + "7e" + "ff00ff" + "7e" + PACKET + "7e"); // the flag behind a frame was damaged
        WaitFor.condition("both packets", () -> sink.count() == 3);
    }

    @Test
    void theModemIsConfiguredBeforeTheInterfaceIsUp() {
        kiss(Map.of());
        awaitUp();

        assertEquals(GREETING, read(GREETING.length() / 2));
    }

    @Test
    void valuesThatLookLikeBoundariesAreEscaped() {
        kiss(Map.of("persistence", 192, "preamble.milliseconds", 60_000));
        awaitUp();

        assertEquals("c001ffc0c00402c0c002dbdcc0c00302c0c00f01c0", read(21));
    }

    @Test
    void withFlowControlEachPacketWaitsUntilTheModemIsReady() {
        kiss(Map.of("ready.flow.control", true));
        awaitUp();
        read(GREETING.length() / 2);
        for (int i = 0; i < 3; i++) {
            send(PACKET);
        }
        assertEquals(23, read(23).length() / 2);
        assertNothingComes();

        write("c00f01c0");
        assertEquals("c000" + PACKET + "c0", read(23));
        assertNothingComes();

        WaitFor.condition("the timer", () -> clock.waiting() == 1);
        clock.advance(ReadyTimer.PATIENCE.minusMillis(1));
        assertNothingComes();
        clock.advance(Duration.ofMillis(1));
        assertEquals("c000" + PACKET + "c0", read(23));
    }

    @Test
    void theStationTellsItsNameAfterItHasSentAndOnlyThen() {
        kiss(Map.of("id.callsign", "MYCALL-0", "id.interval.seconds", 600));
        awaitUp();
        read(GREETING.length() / 2);
        clock.advance(Duration.ofHours(1));
        send(PACKET);
        assertEquals("c000" + PACKET + "c0", read(23));
        WaitFor.condition("the interval runs", () -> clock.waiting() == 1);
        clock.advance(Duration.ofSeconds(599));
        assertNothingComes();
        clock.advance(Duration.ofSeconds(1));
        assertEquals("c0004d5943414c4c2d3000000000000000c0", read(18));

        clock.advance(Duration.ofHours(1));
        assertNothingComes();
        assertEquals(0, clock.waiting());
    }

    @Test
    void headersComeOffAndFramesWithoutMoreAreMalformed() {
        ax25(Map.of("callsign", "N0CALL", "ssid", 7));
        awaitUp();
        write("c00082a0b4a49ca6609c60868298986f03f0c0"); // nothing but a header
        write("c00000112233445566778899aabbccddeeff" + PACKET + "c0");
        WaitFor.condition("the packet", () -> sink.count() == 1);

        assertEquals(PACKET, HexFormat.of().formatHex(sink.packets().get(0)));
        assertEquals(1, opened.counters().malformedFrames());
    }

    @Test
    void aChannelIsOfferedOnceAllOfItIsKnown() {
        kiss(Map.of("air.frequency.hz", 144_950_000L, "air.modulation", "AFSK 1200"));
        assertEquals(Optional.empty(), opened.offer());
        opened.close();

        kiss(Map.of("air.frequency.hz", 144_950_000L, "air.bandwidth.hz", 12_500L, "air.modulation", "AFSK 1200"));
        assertEquals(
                Optional.of(new Offer(
                        "KISSInterface",
                        Map.of("frequency", 144_950_000L, "bandwidth", 12_500L, "modulation", "AFSK 1200"))),
                opened.offer());
    }

    @Test
    void packetsCountForTheCallSignOfTheirHeader() {
        ax25(Map.of("callsign", "N0CALL"));
        awaitUp();
        write("c00082a0b4a49ca6609c60868298986f03f0" + PACKET + "c0"); // N0CALL-7
        write("c00082a0b4a49ca6609c60862020206103f0" + PACKET + "c0"); // N0C, as Reticulum fills it up
        write("c00082a0b4a49ca6609c60864040406103f0" + PACKET + "c0"); // N0C, as the standard does
        write("c00082a0b4a49ca6600011223344556103f0" + PACKET + "c0"); // no call sign
        WaitFor.condition("the packets", () -> sink.count() == 4);

        List<Neighbour> heard = opened.neighbours();
        assertEquals(
                List.of("N0C", "N0CALL-7"), heard.stream().map(Neighbour::name).toList());
        assertEquals(2, heard.get(0).packets());
        assertEquals(PACKET.length() / 2, heard.get(1).bytes());
    }

    @Test
    void aDeviceIsTakenAtOnceWhenItIsPluggedInAgain() {
        serial(Map.of());
        awaitUp();
        other.close();
        cable.pull();
        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        Failure why = opened.status().failure().orElseThrow();
        assertEquals(Failure.Kind.HARDWARE, why.kind());
        assertTrue(why.message().endsWith("has gone"), why.message());

        cable.plug(); // and the clock, which knows when to try again, stands still
        awaitUp();
        other = SerialPort.open(SerialSettings.of(cable.second(), 115_200));
        write("7e" + PACKET + "7e");
        WaitFor.condition("the packet", () -> sink.count() == 1);
    }

    @Test
    void aDeviceThatComesLateIsTakenAtOnceAndOtherwiseEveryFiveSeconds() {
        cable.pull();
        serial(Map.of());
        WaitFor.condition("it is down", () -> opened.status().state() == InterfaceState.DOWN);
        assertTrue(
                opened.status().failure().orElseThrow().message().startsWith("There is no device"),
                opened.status().toString());
        for (int i = 0; i < 2; i++) {
            int before = sink.changes();
            WaitFor.condition("an attempt waits", () -> clock.waiting() == 1);
            clock.advance(Duration.ofSeconds(5));
            WaitFor.condition("it was tried again", () -> sink.changes() > before);
        }

        cable.plug();
        awaitUp();
    }

    @Test
    void whileItIsTheDevicesTurnNothingIsSent() {
        serial(Map.of("open.wait.milliseconds", 60_000));
        send(PACKET);

        assertEquals(InterfaceState.STARTING, opened.status().state());
        assertEquals(1, opened.counters().droppedOutgoing());
        long start = System.nanoTime();
        opened.close();
        assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 30);
    }

    @Test
    void whatAStationMayNotBeCalledIsRefused() {
        for (String callsign : new String[] {"", "AB", "TOOLONG", "N0-CAL", "ÄÖÜ"}) {
            ax25(Map.of("callsign", callsign));
            refused("callsign is not 3 to 6 letters and digits");
        }
        ax25(Map.of("callsign", "N0CALL", "ssid", 16));
        refused("ssid = 16 is not between 0 and 15");
        kiss(Map.of("id.callsign", "A CALL SIGN THAT IS TOO LONG", "id.interval.seconds", 60));
        refused("id.callsign is not 1 to 19 printable characters");
        serial(Map.of("parity", "mark"));
        refused("parity = mark is not known");
        serial(Map.of("port", " "));
        refused("port is missing");
        assertTrue(opened.endpoints().isEmpty());
    }

    @Test
    void slowLinesMayBeSilentForLonger() {
        SerialSettings slow = SerialSettings.of("/dev/x", 50);
        SerialSettings usual = SerialSettings.of("/dev/x", 1_200);

        assertEquals(Duration.ofSeconds(1), silence(slow));
        assertEquals(Duration.ofMillis(100), silence(usual));
    }

    private static Duration silence(SerialSettings port) {
        return PortSettings.of("x", port, Duration.ZERO, java.util.Optional.empty(), 1_200, 4_096, Map.of())
                .line()
                .silence();
    }

    private void refused(String message) {
        assertEquals(message, opened.status().failure().orElseThrow().message());
        opened.close();
    }

    private void serial(Map<String, Object> more) {
        Settings settings = settings(more);
        started(new SerialInterface(settings.as(SerialConfig.class), settings.map(), clock, clock));
    }

    private void kiss(Map<String, Object> more) {
        Settings settings = settings(more);
        started(new KissInterface(settings.as(KissConfig.class), settings.map(), clock, clock));
    }

    private void ax25(Map<String, Object> more) {
        Settings settings = settings(more);
        started(new Ax25Interface(settings.as(Ax25Config.class), settings.map(), clock, clock));
    }

    private Settings settings(Map<String, Object> more) {
        return Settings.of("interface.name", "line", "port", cable.first(), "open.wait.milliseconds", 0)
                .with(more);
    }

    private void started(PortInterface fresh) {
        opened = fresh;
        opened.attach(sink);
    }

    private void awaitUp() {
        WaitFor.condition("it is up", () -> opened.status().isUp());
    }

    private void send(String packet) {
        opened.send(ByteBuffer.wrap(HexFormat.of().parseHex(packet)));
        opened.flush();
    }

    private void write(String bytes) {
        other.write(ByteBuffer.wrap(HexFormat.of().parseHex(bytes)));
    }

    private void assertNothingComes() {
        assertEquals(0, other.read(new byte[1], Duration.ofMillis(200)));
    }

    private String read(int count) {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining()) {
            byte[] some = new byte[all.remaining()];
            int read = other.read(some, Duration.ofSeconds(10));
            assertTrue(read > 0, "only " + HexFormat.of().formatHex(all.array(), 0, all.position()));
            all.put(some, 0, read);
        }
        return HexFormat.of().formatHex(all.array());
    }

    /** Real time that passes on the wire. */
    private static final class Pause {
        private final long end;

        Pause(int millis) {
            end = System.nanoTime() + millis * 1_000_000L;
        }

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }
    }
}
