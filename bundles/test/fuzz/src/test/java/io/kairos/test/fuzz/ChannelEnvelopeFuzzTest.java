package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.ChannelEnvelope;
import java.util.Arrays;

/** An envelope that is read is written so that it reads the same. */
class ChannelEnvelopeFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        ChannelEnvelope read;
        try {
            read = ChannelEnvelope.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] written = read.encode();
        Fuzzing.check(Arrays.equals(written, ChannelEnvelope.decode(written).encode()), "another value");
    }
}
