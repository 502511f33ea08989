package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransmitterTest {

    private static final LoRa TUNING = new LoRa(868_300_000, 125_000, 8, 5);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Budgets budgets = new Budgets();

    private static RadioSettings radio(double shortLimit, double longLimit, boolean flowControl) {
        return new RadioSettings(0, "", TUNING, 14, false, shortLimit, longLimit, flowControl);
    }

    @Test
    void theDeviceIsNeverFarBehind() {
        Transmitter transmitter = budgets.transmitter(radio(0, 0, false), 0);
        int sent = 0;
        while (transmitter.nanosUntil(500, 0) == 0) {
            transmitter.sent(500, 0);
            sent++;
        }

        assertTrue(sent >= 4 && sent <= 6, sent + " packets wait in the device");
        assertEquals(0, transmitter.nanosUntil(500, TUNING.airtime(500).toNanos() * 2));
    }

    @Test
    void onePercentIsKeptWithoutTheDevice() {
        Transmitter transmitter = budgets.transmitter(radio(0, 1, false), 0);
        long now = 0;
        int sent = 0;
        while (now < 3_600 * SECOND) {
            long wait = transmitter.nanosUntil(500, now);
            if (wait == 0) {
                transmitter.sent(500, now);
                sent++;
            }
            now += Math.max(SECOND, wait);
        }

        long airtime = sent * TUNING.airtime(500).toNanos();
        assertTrue(airtime <= 36 * SECOND, airtime / SECOND + " s of 36 s");
        assertTrue(airtime > 33 * SECOND, "and little is given away: " + airtime / SECOND + " s of 36 s");
    }

    @Test
    void pullingTheDeviceMakesNoAirFree() {
        Transmitter first = budgets.transmitter(radio(0, 1, false), 0);
        for (int i = 0; first.nanosUntil(500, i * 5 * SECOND) == 0; i++) {
            first.sent(500, i * 5 * SECOND);
        }

        assertTrue(budgets.transmitter(radio(0, 1, false), 300 * SECOND).nanosUntil(500, 300 * SECOND) > SECOND);
    }

    @Test
    void fifteenSecondsHaveALimitOfTheirOwn() {
        Transmitter transmitter = budgets.transmitter(radio(12, 0, false), 0);
        transmitter.sent(500, 0);

        assertTrue(transmitter.nanosUntil(500, 0) > 10 * SECOND);
        assertEquals(0, transmitter.nanosUntil(500, 16 * SECOND));
    }

    @Test
    void withFlowControlTheDeviceIsAskedAfterEachPacket() {
        Transmitter transmitter = budgets.transmitter(radio(0, 0, true), 0);
        transmitter.sent(100, 0);

        assertTrue(transmitter.nanosUntil(100, 0) > 0);
        assertEquals(0, transmitter.nanosUntilQuestion(0));
        transmitter.asked();
        assertEquals(Long.MAX_VALUE, transmitter.nanosUntilQuestion(0));

        transmitter.ready(false, 0);
        assertTrue(transmitter.nanosUntilQuestion(0) > 0, "it is full: asked again later");
        transmitter.ready(true, SECOND);
        assertEquals(0, transmitter.nanosUntil(100, SECOND));
    }

    @Test
    void aDeviceThatNeverSaysThatItIsReadyIsTrustedAfterFiveSeconds() {
        Transmitter transmitter = budgets.transmitter(radio(0, 0, true), 0);
        transmitter.sent(100, 0);
        transmitter.asked();

        assertTrue(transmitter.nanosUntil(100, 4 * SECOND) > 0);
        assertEquals(0, transmitter.nanosUntil(100, 5 * SECOND));
    }

    @Test
    void aCallsignIsDueSoLongAfterTheFirstPacket() {
        IdBeacon beacon = new IdBeacon("N0CALL", Duration.ofSeconds(600));
        assertEquals(Long.MAX_VALUE, beacon.nanosUntilDue(5_000 * SECOND));

        beacon.packet(0);
        beacon.packet(300 * SECOND);
        assertEquals(300 * SECOND, beacon.nanosUntilDue(300 * SECOND));
        assertEquals(0, beacon.nanosUntilDue(601 * SECOND));

        beacon.sent();
        assertEquals(Long.MAX_VALUE, beacon.nanosUntilDue(700 * SECOND));
        assertEquals(Long.MAX_VALUE, new IdBeacon("", Duration.ofSeconds(1)).nanosUntilDue(SECOND));
    }
}
