package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.util.Arrays;

/** An advertisement that is read is written so that it reads the same. */
class ResourceAdvertisementFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        ResourceAdvertisement read;
        try {
            read = ResourceAdvertisement.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] written = read.encode();
        Fuzzing.check(
                Arrays.equals(written, ResourceAdvertisement.decode(written).encode()), "another value");
    }
}
