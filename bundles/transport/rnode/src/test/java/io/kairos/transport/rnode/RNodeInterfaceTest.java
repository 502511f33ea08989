package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Reading;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.RecordingSink;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.WaitFor;
import io.kairos.test.rnode.Air;
import io.kairos.test.rnode.Fault;
import io.kairos.test.rnode.PtyModem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces with simulated modems that have something wrong with them. */
class RNodeInterfaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Radios radios = new Radios(List.of(0x01, 0x21));
    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private final List<MeshInterface> opened = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void endEverything() {
        opened.forEach(MeshInterface::close);
        radios.close();
        time.close();
    }

    private RNodeInterface open(Map<String, ?> extra) {
        Settings settings = radios.firstSettings(extra);
        RNodeInterface made = new RNodeInterface(
                settings.as(RNodeConfig.class), settings.map(), time, time, Ports::open, new Budgets(Radios.SPEED));
        made.setStore(store);
        opened.add(made);
        return made;
    }

    private static void awaitUp(MeshInterface made) {
        until("it is up: " + made.status(), () -> made.status().isUp());
    }

    private static String awaitFailure(MeshInterface made) {
        return WaitFor.value("it is down", PATIENCE, () -> {
                    InterfaceStatus now = made.status();
                    return now.state() == InterfaceState.DOWN ? now.failure() : Optional.empty();
                })
                .message();
    }

    private static void until(String what, java.util.function.BooleanSupplier condition) {
        WaitFor.condition(what, PATIENCE, condition);
    }

    @Test
    void whatIsWrongWithADeviceIsTold() {
        Map<Fault, String> told = Map.of(
                Fault.NO_RNODE, "The device on TCP does not answer as an RNode",
                Fault.OLD_FIRMWARE, "The firmware 1.40 of the device is older than 1.52",
                Fault.WRONG_SPREADING_FACTOR, "The radio was set to SF 5 and answered 6",
                Fault.WRONG_FREQUENCY, "The radio was set to a frequency of 2427000000 Hz and answered 2427001000 Hz");
        told.forEach((fault, message) -> {
            if (fault == Fault.NO_RNODE) {
                return; // five seconds of patience; the state machine's test covers it
            }
            radios.first.faults(fault);
            RNodeInterface made = open(Map.of());
            assertEquals(message, awaitFailure(made));
            made.close();
        });
    }

    @Test
    void comesUpAgainAfterEveryAccident() {
        radios.first.faults(Fault.GARBAGE);
        RNodeInterface made = open(Map.of());
        awaitUp(made);

        radios.firstDoor.cut();
        assertEquals("The connection to the radio has ended", awaitFailure(made));
        awaitUp(made);

        radios.first.reset();
        assertEquals("The device has restarted", awaitFailure(made));
        awaitUp(made);

        assertTrue(radios.first.isOn(0));
    }

    @Test
    void tellsWhatTheDeviceMeasures() {
        RNodeInterface made = open(Map.of());
        awaitUp(made);

        radios.first.statistics();

        until("readings come", () -> made.readings().size() >= 8);
        assertTrue(made.readings().contains(new Reading("noise_floor", -112, "dBm")), made.readings()::toString);
        assertTrue(made.readings().contains(new Reading("battery_discharging", 77, "%")));
        assertTrue(made.readings().contains(new Reading("airtime_15s", 1.23, "%")));
    }

    @Test
    void turnsTheRadioOffWhenItIsClosed() {
        RNodeInterface made = open(Map.of());
        awaitUp(made);

        made.close();

        until("the device has heard the goodbye", () -> radios.first.goodbyes() == 1);
        assertFalse(radios.first.isOn(0));
    }

    @Test
    void tellsTheLawToTheDeviceToo() {
        RNodeInterface made = open(Map.of(
                "region",
                "eu868",
                "profile",
                "fast",
                "frequency.hz",
                "0",
                "bandwidth.hz",
                "0",
                "spreading.factor",
                "0",
                "coding.rate",
                "0"));
        awaitUp(made);

        assertEquals(1_000, radios.first.longLimit(0));
        assertEquals(0.1, made.budget().airtimeShare());
        assertEquals(10_938, made.budget().bitsPerSecond());
        assertEquals(508, made.budget().packetBytes());
        assertEquals(
                Map.of("frequency", 869_525_000L, "bandwidth", 250_000L, "spreading_factor", 7L, "coding_rate", 5L),
                made.offer().orElseThrow().details());
    }

    @Test
    void whatWasSentIsRememberedByTheNextLifeOfTheNode() {
        Map<String, ?> law = Map.of(
                "region", "eu868",
                "profile", "fast",
                "frequency.hz", "0",
                "bandwidth.hz", "0",
                "spreading.factor", "0",
                "coding.rate", "0");
        RNodeInterface before = open(law);
        awaitUp(before);
        before.send(ByteBuffer.wrap(new byte[500]));
        until("it is sent", () -> sentShare(before) > 0);
        double share = sentShare(before);
        before.close();
        until("it is written down", () -> store.writes() >= 2);

        RNodeInterface after = open(law);
        awaitUp(after);
        after.send(ByteBuffer.wrap(new byte[500]));
        until("both packets count", () -> sentShare(after) > 1.5 * share);
    }

    private static double sentShare(RNodeInterface made) {
        return made.readings().stream()
                .filter(reading -> reading.name().equals("sent_1h"))
                .mapToDouble(Reading::value)
                .findFirst()
                .orElse(0);
    }

    @Test
    void withoutARegionItStaysDownAndSaysSo() {
        RNodeInterface made = open(Map.of("region", ""));

        assertEquals("region is missing", awaitFailure(made));
    }

    @Test
    void flowControlGoesOnWithWhateverTheDeviceAnswers() {
        RNodeInterface made = open(Map.of("flow.control", "true"));
        RecordingSink heard = new RecordingSink();
        RNodeMultiInterface other = multi(heard);
        awaitUp(made);
        until("the other is up", () -> other.status().isUp());

        for (int i = 0; i < 5; i++) {
            made.send(ByteBuffer.wrap(new byte[200]));
        }

        until(
                "all arrive",
                () -> heard.children().values().stream()
                                .mapToInt(RecordingSink::count)
                                .sum()
                        == 5);
    }

    @Test
    void eachOfSeveralRadiosIsAnInterfaceOfItsOwn() {
        radios.air.hearing("first", "second", new Air.Hearing(-121, -16));
        RNodeInterface made = open(Map.of());
        RecordingSink core = new RecordingSink();
        RNodeMultiInterface several = multi(core);
        awaitUp(made);
        until("both radios come", () -> core.children().size() == 2);
        assertFalse(several.carriesPackets());
        assertEquals("RNodeMultiInterface[several]", several.description());

        made.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));

        until("it is heard", () -> core.children().values().stream().anyMatch(child -> child.count() == 1));
        byte[] packet = core.children().values().stream()
                .flatMap(child -> child.packets().stream())
                .findFirst()
                .orElseThrow();
        assertArrayEquals(new byte[] {1, 2, 3}, packet);
        assertTrue(several.readings().contains(new Reading("high_snr", -16, "dB")), several.readings()::toString);

        radios.secondDoor.cut();
        until("radios go with their device", () -> core.children().isEmpty());
        until("and come with it", () -> core.children().size() == 2);
    }

    private RNodeMultiInterface multi(RecordingSink core) {
        Settings settings = Settings.of(
                "interface.name",
                "several",
                "port",
                "tcp://127.0.0.1:" + radios.secondDoor.port(),
                "region",
                "none",
                "reopen.delay.seconds",
                "1",
                "radios",
                "high index=1 frequency.hz=2427000000 bandwidth.hz=1625000 spreading.factor=5 coding.rate=5,"
                        + "low index=0 region=eu868 profile=balanced");
        RNodeMultiInterface made = new RNodeMultiInterface(
                settings.as(RNodeMultiConfig.class),
                settings.map(),
                time,
                time,
                Ports::open,
                new Budgets(Radios.SPEED));
        made.setStore(store);
        opened.add(made);
        made.attach(core);
        return made;
    }

    @Test
    void saysItsCallsign() {
        RNodeInterface made = open(Map.of("id.callsign", "N0CALL", "id.interval.seconds", "1"));
        awaitUp(made);

        made.send(ByteBuffer.wrap(new byte[30]));

        String callsign =
                new String(Frames.packet("N0CALL".getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
        until(
                "the callsign is sent",
                () -> new String(radios.first.transcript(), StandardCharsets.ISO_8859_1).contains(callsign));
    }

    @Test
    void worksAtASerialPortAndComesBackWhenItIsPluggedInAgain() {
        Path path = folder.resolve("ttyRadio");
        try (PtyModem plugged = new PtyModem(new io.kairos.test.rnode.Modem(radios.air, "plugged"), path)) {
            until("the terminal is there", () -> java.nio.file.Files.exists(path));
            RNodeInterface made =
                    open(Map.of("port", path.toString(), "settle.millis", "0", "reopen.delay.seconds", "3600"));
            awaitUp(made);

            plugged.close();
            awaitFailure(made);
            plugged.plug(); // and the next attempt by itself is an hour away
            awaitUp(made);
            assertEquals(Set.of("lora", "serial"), mediums(made));
        }
    }

    private static Set<String> mediums(MeshInterface made) {
        Set<String> mediums = new java.util.HashSet<>();
        made.endpoints().forEach(endpoint -> mediums.add(endpoint.medium()));
        return mediums;
    }
}
