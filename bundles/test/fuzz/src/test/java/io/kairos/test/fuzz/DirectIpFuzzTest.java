package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.transport.satellite.DirectIp;
import java.util.Arrays;

/** What comes at the port of a base station is a message within its bounds, or refused. */
class DirectIpFuzzTest {

    private static final int MOST_PAYLOAD = 1_960;

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        Fuzzing.readsOrRefuses(() -> {
            int length = DirectIp.length(Arrays.copyOf(bytes, Math.min(bytes.length, DirectIp.HEAD_BYTES)));
            Fuzzing.check(length <= DirectIp.MOST_BYTES, length + " bytes are asked for");
            return length;
        });
        byte[] body = Arrays.copyOfRange(bytes, Math.min(bytes.length, DirectIp.HEAD_BYTES), bytes.length);
        Fuzzing.readsOrRefuses(() -> {
            DirectIp.FromModem message = DirectIp.fromModem(body);
            Fuzzing.check(message.imei().length() == 15, "not an IMEI: " + message.imei());
            Fuzzing.check(message.payload().length <= Math.min(body.length, MOST_PAYLOAD), "longer than it came");
            return message;
        });
        Fuzzing.readsOrRefuses(() -> {
            DirectIp.Confirmation said = DirectIp.confirmation(body);
            Fuzzing.check(said.status() == (short) said.status(), "a status has two bytes");
            return said;
        });
    }
}
