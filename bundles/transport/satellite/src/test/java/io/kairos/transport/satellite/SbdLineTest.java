package io.kairos.transport.satellite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.InterfaceState;
import io.kairos.lib.serial.SerialPort;
import io.kairos.lib.serial.SerialSettings;
import io.kairos.test.contract.RealTime;
import io.kairos.test.contract.Settings;
import io.kairos.test.kit.MemoryStore;
import io.kairos.test.kit.RecordingSink;
import io.kairos.test.kit.SerialCable;
import io.kairos.test.kit.WaitFor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a short-burst interface makes of a network with its moods. */
class SbdLineTest {

    private final RealTime time = new RealTime();
    private final MemoryStore store = new MemoryStore();
    private final SimulatedModem near = new SimulatedModem();
    private final SimulatedModem far = new SimulatedModem();
    private final ArrayDeque<AutoCloseable> opened = new ArrayDeque<>();

    SbdLineTest() {
        SimulatedModem.pair(near, far);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        time.close();
    }

    @Test
    void theModemIsBroughtToAKnownStateAndMessagesAreTakenOverWithTheirChecksum() {
        SbdInterface sat = open(Map.of());
        sat.send(ByteBuffer.wrap(packet(300)));
        WaitFor.condition("both messages are there", () -> near.sessions() >= 2);

        List<String> commands = List.copyOf(near.commands);
        assertEquals(List.of("AT", "ATE0", "AT&K0", "AT+SBDMTA=1", "AT+SBDAREG=1", "AT+SBDD0"), commands.subList(0, 6));
        assertTrue(commands.contains("AT+SBDWB=270"), commands.toString());
    }

    @Test
    void aMessageThatWasTakenWithoutAnAnswerIsRepeatedAndComesOnce() {
        RecordingSink inbox = new RecordingSink();
        SbdInterface there = open("there", far, Map.of());
        there.attach(inbox);
        near.losesAnswers = true;
        near.repeats = true;
        SbdInterface sat = open(Map.of());
        sat.send(ByteBuffer.wrap(packet(200)));

        WaitFor.condition("the message is sent again", Duration.ofSeconds(15), () -> near.sessions() >= 2);
        WaitFor.condition("the mailbox is empty", Duration.ofSeconds(15), () -> far.sessions() >= 3);
        assertEquals(1, inbox.packets().size());
        assertArrayEquals(packet(200), inbox.packets().get(0));
    }

    @Test
    void aNetworkThatBarsTheModemIsAFailureWithARemedy() {
        SbdInterface sat = open(Map.of());
        near.failures.add(33);
        sat.send(ByteBuffer.wrap(packet(50)));

        WaitFor.condition("it is down", () -> sat.status().state() == InterfaceState.DOWN);
        Failure why = sat.status().failure().orElseThrow();
        assertEquals(Failure.Kind.NETWORK, why.kind());
        assertTrue(why.message().contains("33") && why.remedy().contains("antenna"));
    }

    @Test
    void aModemThatIsSilentIsAFailureWithARemedy() {
        near.isSilent = true;
        SbdInterface sat = make("sat", near, Map.of());

        WaitFor.condition(
                "it is down", Duration.ofSeconds(15), () -> sat.status().state() == InterfaceState.DOWN);
        assertEquals(
                "The modem does not answer",
                sat.status().failure().orElseThrow().message());
    }

    @Test
    void withoutSignalNoSessionIsTried() {
        near.signal = 0;
        SbdInterface sat = open(Map.of());
        sat.send(ByteBuffer.wrap(packet(50)));

        WaitFor.condition("it looks at the signal", () -> near.commands.contains("AT+CSQ"));
        assertEquals(0, near.sessions());
    }

    @Test
    void whatIsSentAndReceivedIsPaidInCreditsAndTheMonthEndsEarly() {
        SbdInterface sat = open(Map.of("budget.credits.per.month", "12", "credit.mailbox", "0"));
        sat.send(ByteBuffer.wrap(packet(240))); // 250 bytes: five credits
        WaitFor.condition("it is sent", () -> near.commands.contains("AT+SBDWB=250") && near.sessions() >= 1);
        far.other.deliver(new byte[120]); // three
        sat.send(ByteBuffer.wrap(packet(140))); // 150 bytes: three
        WaitFor.condition("it is told what is left", () -> near.sessions() >= 2);
        far.other.deliver(new byte[260]);

        WaitFor.condition("nothing is left", () -> sat.status().state() == InterfaceState.DOWN);
        assertEquals(Failure.Kind.POLICY, sat.status().failure().orElseThrow().kind());
        sat.close();
        SbdInterface again = make("sat", near, Map.of("budget.credits.per.month", "12"));
        WaitFor.condition("the account outlives a restart", () -> again.status().state() == InterfaceState.DOWN);
        String account = new String(store.read(StoreBook.document("sat")).orElseThrow(), StandardCharsets.US_ASCII);
        assertTrue(account.matches("\\d{4}-\\d\\d 1[4-9]"), account);
    }

    @Test
    void theMailboxIsAskedOnceAtTheBeginningAndThenWhenItRings() {
        RecordingSink inbox = new RecordingSink();
        far.deliver(message(packet(40), 1));
        SbdInterface there = open("there", far, Map.of());
        there.attach(inbox);
        WaitFor.condition("the mailbox is empty", () -> far.sessions() >= 1);
        far.deliver(message(packet(41), 2));

        WaitFor.condition("a ring is answered", () -> inbox.packets().size() >= 1 && far.sessions() >= 2);
        assertTrue(far.commands.contains("AT+SBDIXA"));
    }

    @Test
    void aModemAtASerialPortIsOpenedAndSaysWhenItIsUnplugged(@TempDir Path folder) throws Exception {
        try (SerialCable cable = new SerialCable(folder);
                SerialPort modem = SerialPort.open(SerialSettings.of(cable.second(), 19_200))) {
            Thread wire = new Thread(() -> join(modem));
            wire.setDaemon(true);
            wire.start();
            Settings settings = settings("sat", Map.of("port", cable.first()));
            SbdInterface sat = new SbdInterface(settings.as(SbdConfig.class), settings.map(), time, time);
            opened.add(sat);
            sat.bindStore(store);
            WaitFor.condition(
                    "it is up", Duration.ofSeconds(15), () -> sat.status().isUp());
            sat.send(ByteBuffer.wrap(packet(400)));
            WaitFor.condition("both parts are sent", Duration.ofSeconds(15), () -> near.sessions() >= 2);

            cable.pull();
            WaitFor.condition(
                    "it is down", Duration.ofSeconds(15), () -> !sat.status().isUp());
            assertEquals(
                    Failure.Kind.HARDWARE, sat.status().failure().orElseThrow().kind());
            modem.close();
            wire.join(5_000);
        }
    }

    /** The simulated modem at the end of a wire. */
    private void join(SerialPort port) {
        try {
            byte[] bytes = new byte[512];
            while (true) {
                int count = port.read(bytes, Duration.ofMillis(100));
                if (count < 0) {
                    return;
                }
                near.accept(bytes, count);
                byte[] answer = near.take(Duration.ZERO, null);
                if (answer.length > 0) {
                    port.write(ByteBuffer.wrap(answer));
                }
            }
        } catch (MeshException pulled) {
            return;
        }
    }

    private static byte[] message(byte[] packet, int sender) {
        ArrayDeque<byte[]> queue = new ArrayDeque<>(List.of(packet));
        return new Pieces(sender, 270)
                .next(() -> Optional.ofNullable(queue.poll()))
                .orElseThrow();
    }

    static byte[] packet(int size) {
        byte[] packet = new byte[size];
        Arrays.fill(packet, (byte) 7);
        packet[0] = 0;
        return packet;
    }

    private SbdInterface open(Map<String, Object> extra) {
        return open("sat", near, extra);
    }

    private SbdInterface open(String name, SimulatedModem modem, Map<String, Object> extra) {
        SbdInterface sat = make(name, modem, extra);
        WaitFor.condition("it is up", () -> sat.status().isUp());
        return sat;
    }

    private SbdInterface make(String name, SimulatedModem modem, Map<String, Object> extra) {
        Settings settings = settings(name, extra);
        SbdInterface sat =
                new SbdInterface(settings.as(SbdConfig.class), settings.map(), time, time, use -> modem.open());
        opened.add(sat);
        sat.bindStore(store);
        return sat;
    }

    private static Settings settings(String name, Map<String, Object> extra) {
        Map<String, Object> all = new HashMap<>();
        all.put("interface.name", name);
        all.put("port", "tcp://127.0.0.1:1");
        all.putAll(extra);
        return Settings.of().with(all);
    }
}
