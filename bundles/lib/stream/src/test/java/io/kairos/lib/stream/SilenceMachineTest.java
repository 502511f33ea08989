package io.kairos.lib.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.lib.stream.SilenceMachine.Action;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilenceMachineTest {

    private final SilenceMachine machine = new SilenceMachine(Silence.I2P, 0);

    @Test
    void anEmptyFrameIsSentAfterTenSecondsWithoutAWrite() {
        assertEquals(Action.NOTHING, quiet(9));
        assertEquals(Action.SEND_KEEPALIVE, quiet(10));
        assertEquals(Action.NOTHING, quiet(19));
        machine.heard(seconds(19));
        assertEquals(Action.SEND_KEEPALIVE, quiet(20));
    }

    @Test
    void whoeverWritesNeedsNoEmptyFrames() {
        assertEquals(Action.NOTHING, machine.look(seconds(12), seconds(5), false, 0));
        machine.heard(seconds(12));
        assertEquals(Action.SEND_KEEPALIVE, machine.look(seconds(15), seconds(5), false, 0));
    }

    @Test
    void staleIsToldOnceAndTheStreamGivenUpAfter110Seconds() {
        quiet(10);
        assertEquals(Action.TELL_STALE, quiet(20));
        assertEquals(Action.SEND_KEEPALIVE, quiet(21));
        assertEquals(Action.NOTHING, quiet(22));
        for (int second = 23; second < 110; second++) {
            assertEquals(second % 10 == 1 ? Action.SEND_KEEPALIVE : Action.NOTHING, quiet(second));
        }
        assertEquals(Action.GIVE_UP_SILENT, quiet(110));
    }

    @Test
    void whateverComesMakesItFreshAgain() {
        quiet(10);
        quiet(20);
        machine.heard(seconds(25));
        quiet(31);
        assertEquals(Action.TELL_STALE, quiet(45));
    }

    @Test
    void whoeverTakesNothingIsGivenUp() {
        machine.heard(seconds(100));
        assertEquals(Action.NOTHING, machine.look(seconds(109), 0, true, seconds(0)));
        machine.heard(seconds(110));
        assertEquals(Action.GIVE_UP_STALLED, machine.look(seconds(110), 0, true, seconds(0)));
    }

    @Test
    void thePatientOneNeverGivesUpOnSilence() {
        SilenceMachine patient = new SilenceMachine(Silence.PATIENT, 0);

        assertEquals(Action.SEND_KEEPALIVE, patient.look(seconds(86_400), 0, false, 0));
        assertEquals(Action.NOTHING, patient.look(seconds(86_401), 0, false, 0));
    }

    private Action quiet(long second) {
        return machine.look(seconds(second), 0, false, 0);
    }

    private static long seconds(long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }
}
