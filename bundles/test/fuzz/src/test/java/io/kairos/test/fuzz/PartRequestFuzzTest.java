package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.PartRequest;
import java.util.Arrays;

/** A part request that is read is written so that it reads the same. */
class PartRequestFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        PartRequest read;
        try {
            read = PartRequest.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] written = read.encode();
        Fuzzing.check(Arrays.equals(written, PartRequest.decode(written).encode()), "another value");
    }
}
