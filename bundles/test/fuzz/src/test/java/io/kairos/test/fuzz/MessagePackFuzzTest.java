package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.util.Arrays;

/** Bytes are a value or refused; a value that was read is written so that it reads the same. */
class MessagePackFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        Object value;
        try {
            value = MessagePack.unpack(bytes);
        } catch (MalformedException expected) {
            return;
        }
        byte[] packed = MessagePack.pack(value);
        Fuzzing.check(packed.length <= 2 * bytes.length, "longer than needed"); // a float of 32 bits grows
        Fuzzing.check(Arrays.equals(packed, MessagePack.pack(MessagePack.unpack(packed))), "another value");
    }
}
