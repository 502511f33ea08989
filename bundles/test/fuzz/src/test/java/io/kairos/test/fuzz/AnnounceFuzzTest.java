package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;

/** What is read has all its parts and is as long as what was given. */
class AnnounceFuzzTest {

    private static final DestinationHash DESTINATION = new DestinationHash(1, 2);

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        for (boolean ratchet : new boolean[] {false, true}) {
            Announce announce;
            try {
                announce = AnnounceCodec.decode(bytes, ratchet);
            } catch (MalformedException expected) {
                Fuzzing.check(bytes.length < AnnounceCodec.shortest(ratchet), "complete, but refused");
                continue;
            }
            Fuzzing.check(announce.publicKeys().length == AnnounceCodec.KEYS, "keys");
            Fuzzing.check(announce.signature().length == AnnounceCodec.SIGNATURE, "signature");
            Fuzzing.check(announce.ratchet().isPresent() == ratchet, "ratchet");
            int rest = bytes.length - AnnounceCodec.shortest(ratchet);
            Fuzzing.check(announce.appData().length == rest, "application data");
            Fuzzing.check(
                    announce.signedData(DESTINATION).length == 16 + bytes.length - AnnounceCodec.SIGNATURE,
                    "signed data");
        }
    }
}
