package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.HashmapUpdate;
import java.util.Arrays;

/** A hashmap update that is read is written so that it reads the same. */
class HashmapUpdateFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        HashmapUpdate read;
        try {
            read = HashmapUpdate.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] written = read.encode();
        Fuzzing.check(Arrays.equals(written, HashmapUpdate.decode(written).encode()), "another value");
    }
}
