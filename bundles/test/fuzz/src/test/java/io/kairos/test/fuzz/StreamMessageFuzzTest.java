package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.StreamMessage;
import java.util.Arrays;

/** A stream message that is read is written so that it reads the same. */
class StreamMessageFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        StreamMessage read;
        try {
            read = StreamMessage.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] written = read.encode();
        Fuzzing.check(Arrays.equals(written, StreamMessage.decode(written).encode()), "another value");
    }
}
