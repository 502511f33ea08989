package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.wire.PacketBytes;
import java.util.Arrays;

/** A packet that is well-formed can be read and forwarded; its hash stays the same on the way. */
class PacketHeaderFuzzTest {

    private static final DestinationHash NEXT = new DestinationHash(1, 2);

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsAndForwards(byte[] raw) {
        if (!PacketBytes.isWellFormed(raw, 0, raw.length)) {
            return;
        }
        byte[] hash = PacketBytes.hash(raw);
        int length = raw.length - PacketBytes.headerLength(raw, 0);
        byte[] forwarded = PacketBytes.withTransport(raw, raw.length, NEXT, PacketBytes.hops(raw, 0), true);

        Fuzzing.check(PacketBytes.isWellFormed(forwarded, 0, forwarded.length), "forwarded packets are packets");
        Fuzzing.check(PacketBytes.transport(forwarded, 0).equals(NEXT), "next node");
        Fuzzing.check(PacketBytes.destination(forwarded, 0).equals(PacketBytes.destination(raw, 0)), "destination");
        Fuzzing.check(PacketBytes.context(forwarded, 0) == PacketBytes.context(raw, 0), "context");
        Fuzzing.check(PacketBytes.type(forwarded, 0) == PacketBytes.type(raw, 0), "type");
        Fuzzing.check(forwarded.length - PacketBytes.headerLength(forwarded, 0) == length, "payload");
        Fuzzing.check(Arrays.equals(hash, PacketBytes.hash(forwarded)), "hash");
    }
}
