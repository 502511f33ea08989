package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.LinkIdentityCodec;
import io.kairos.lib.wire.LinkProofCodec;
import io.kairos.lib.wire.LinkRequestCodec;
import io.kairos.lib.wire.LinkSignalling;
import io.kairos.lib.wire.PacketProofCodec;
import io.kairos.lib.wire.ResourceProofCodec;
import java.util.Arrays;

/** Link requests, proofs, identities and signalling: read or refused. */
class LinkRequestFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        Fuzzing.readsOrRefuses(() -> LinkRequestCodec.decode(bytes).signingKey());
        Fuzzing.readsOrRefuses(() -> LinkProofCodec.decode(bytes).signallingBytes());
        Fuzzing.readsOrRefuses(() -> LinkIdentityCodec.decode(bytes).signature());
        Fuzzing.readsOrRefuses(() -> PacketProofCodec.decode(bytes).signature());
        Fuzzing.readsOrRefuses(() -> ResourceProofCodec.decode(bytes).proof());
        LinkSignalling signalling;
        try {
            signalling = LinkSignalling.decode(bytes, 0);
        } catch (MalformedException expected) {
            return;
        }
        byte[] encoded = signalling.encode();
        Fuzzing.check(Arrays.equals(encoded, Arrays.copyOf(bytes, LinkSignalling.LENGTH)), "the same three bytes");
    }
}
