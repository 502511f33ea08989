package io.kairos.transport.rnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.test.kit.ManualClock;
import io.kairos.test.kit.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One radio that may send one percent of an hour, 36 seconds, over restarts, crashes and jumps of the clock. */
class AirtimeBookTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int PACKET = 500;
    private static final double HOUR_SECONDS = 3_600;

    private final MemoryStore store = new MemoryStore();
    private final ManualClock clock = new ManualClock();
    private final Life first = new Life(clock);

    /** A node from its start to its end. */
    private final class Life {
        private final DeviceSettings device = MachineScene.device(false, MachineScene.radio(14, 0, 1));
        private final RadioSettings radio = device.radios().get(0);
        private final ManualClock now;
        private final AirtimeBook book;
        private final Transmitter transmitter;

        Life(ManualClock now) {
            this.now = now;
            book = new AirtimeBook(now, new Budgets());
            book.setStore(store);
            open(book, device);
            transmitter = book.transmitter(radio);
        }

        void send() {
            assertEquals(0, transmitter.nanosUntil(PACKET, now.nanos()));
            transmitter.sent(PACKET, now.nanos());
            book.sending();
        }

        /** Seconds of the last hour. */
        double sent() {
            return transmitter.usedShare(now.nanos()) * HOUR_SECONDS;
        }

        double packet() {
            return radio.tuning().airtime(PACKET).toNanos() / 1e9;
        }
    }

    private static void open(AirtimeBook book, DeviceSettings device) {
        try {
            book.open(device, () -> false);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next life begins after so long; its monotonic clock begins anew, that of the wall may be wrong. */
    private Life restart(Duration later, Duration wrong) {
        return new Life(new ManualClock(clock.wallMillis() + later.toMillis() + wrong.toMillis()));
    }

    @Test
    void anOrderlyRestartRemembersExactlyWhatWasSent() {
        first.send();
        clock.advance(Duration.ofMinutes(20));
        first.send();
        first.book.close();
        double both = first.sent();

        Life second = restart(Duration.ofMinutes(2), Duration.ZERO);
        assertEquals(both, second.sent(), 0.003);
        second.now.advance(Duration.ofMinutes(40));
        assertEquals(both / 2, second.sent(), 0.003, "the first was more than an hour ago");
        second.now.advance(Duration.ofMinutes(21));
        assertEquals(0, second.sent());
    }

    @Test
    void aCrashForgetsNothingAndAddsLittle() {
        for (int i = 0; i < 6; i++) {
            first.send();
            clock.advance(Duration.ofSeconds(7));
        }

        Life second = restart(MINUTE, Duration.ZERO);

        assertTrue(second.sent() >= first.sent(), second.sent() + " after " + first.sent());
        assertTrue(second.sent() <= first.sent() + 2, second.sent() + " after " + first.sent());
    }

    @Test
    void whatWasSetAsideWhenItCrashedCountsForAnHourAsWell() {
        first.send();

        Life second = restart(Duration.ofSeconds(1), Duration.ZERO);
        assertTrue(second.sent() > first.sent());
        second.now.advance(HOUR.plus(MINUTE));
        assertEquals(0, second.sent());
    }

    @Test
    void aClockThatWasSetBackMakesNoAirFree() {
        first.send();
        clock.advance(Duration.ofMinutes(50));
        first.send();
        first.book.close();

        Life second = restart(MINUTE, Duration.ofDays(-400));

        assertEquals(first.sent(), second.sent(), 0.003);
        second.now.advance(Duration.ofMinutes(59));
        assertEquals(first.sent(), second.sent(), 0.003, "as if it had been sent at the restart");
        second.now.advance(Duration.ofMinutes(2));
        assertEquals(0, second.sent());
    }

    @Test
    void aClockThatIsSetWhileTheNodeRunsChangesNothing() {
        for (Duration jump : List.of(Duration.ofDays(400), Duration.ofDays(-400))) {
            Life running = restart(Duration.ofDays(1), Duration.ZERO);
            running.send();
            running.now.jumpWall(jump);
            running.book.close();
            double sent = running.sent();

            Life next = new Life(new ManualClock(running.now.wallMillis() + 1_000));
            assertEquals(sent, next.sent(), 0.003);
            next.now.advance(HOUR.plus(MINUTE));
            next.book.close();
            store.delete(AirtimeText.document("radio"));
        }
    }

    @Test
    void theDiskIsSpared() {
        int sent = 0;
        for (int minute = 0; minute < 60; minute++) {
            for (int i = 0; i < 3; i++) {
                if (first.transmitter.nanosUntil(20, clock.nanos()) == 0) {
                    first.transmitter.sent(20, clock.nanos());
                    first.book.sending();
                    sent++;
                }
                clock.advance(Duration.ofSeconds(20));
            }
        }

        assertTrue(sent > 100, sent + " packets");
        assertTrue(store.writes() <= 80, store.writes() + " writes for " + sent + " packets");
        int before = store.writes();
        clock.advance(HOUR);
        first.book.close();
        first.book.close();
        assertEquals(before + 1, store.writes(), "silence is not written down");
    }

    @Test
    void aFullDiskStopsNothingAndIsTriedAgainAMinuteLater() {
        store.full(true);
        first.send();
        first.send();
        store.full(false);
        first.send();
        assertEquals(0, store.writes());

        clock.advance(MINUTE);
        first.send();
        assertEquals(1, store.writes());
        first.book.close();
        assertEquals(first.sent(), restart(MINUTE, Duration.ZERO).sent(), 0.003);
    }

    @Test
    void whatCannotBeReadCountsAsAFullHour() {
        for (String damaged : new String[] {"what?\n", "0 1 2 3\n", "0 99999999999999999999 1\n"}) {
            store.write(AirtimeText.document("radio"), damaged.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

            Life life = restart(Duration.ZERO, Duration.ZERO);

            assertEquals(36, life.sent(), 0.01, damaged);
            assertTrue(life.transmitter.nanosUntil(PACKET, life.now.nanos()) > HOUR.toNanos() / 2);
            life.now.advance(HOUR.plus(MINUTE));
            life.send();
        }
    }

    @Test
    void whereNobodyKeepsTheBookALimitedRadioWaitsAndAFreeOneDoesNot() {
        AirtimeBook book = new AirtimeBook(clock, new Budgets());
        DeviceSettings free = MachineScene.device(false, MachineScene.radio(14, 0, 0));
        open(book, free);
        book.transmitter(free.radios().get(0)).sent(PACKET, clock.nanos());
        book.sending();
        assertEquals(0, store.writes());

        ManualClock hasty = new ManualClock();
        AirtimeBook other = new AirtimeBook(
                new io.kairos.api.time.Clock() {

                    @Override
                    public long wallMillis() {
                        return hasty.wallMillis();
                    }

                    @Override
                    public long nanos() {
                        hasty.advance(Duration.ofSeconds(2));
                        return hasty.nanos();
                    }
                },
                new Budgets());
        Failure why = assertThrows(
                        MeshException.class,
                        () -> other.open(MachineScene.device(false, MachineScene.radio(14, 0, 1)), () -> false))
                .failure();
        assertEquals(Failure.Kind.STORAGE, why.kind());
    }
}
