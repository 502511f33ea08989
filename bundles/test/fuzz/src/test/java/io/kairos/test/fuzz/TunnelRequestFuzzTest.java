package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.TunnelCodec;
import io.kairos.lib.wire.TunnelRequest;

/** A tunnel request has one length. */
class TunnelRequestFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        TunnelRequest request;
        try {
            request = TunnelCodec.decode(bytes);
        } catch (MalformedException expected) {
            return;
        }
        Fuzzing.check(request.payload().length >= TunnelCodec.LENGTH, "length");
        Fuzzing.check(request.tunnelId().length == 32 && request.signature().length == 64, "parts");
        Fuzzing.check(request.signedData().length == TunnelCodec.LENGTH - 64, "signed data");
    }
}
