package io.kairos.test.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kairos.api.failure.MalformedException;
import io.kairos.lib.wire.PacketBytes;
import io.kairos.lib.wire.PathRequest;
import io.kairos.lib.wire.PathRequestCodec;

/** A request that is read and written again is the same request. */
class PathRequestFuzzTest {

    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void readsOrRefuses(byte[] bytes) {
        PathRequest request;
        try {
            request = PathRequestCodec.decode(bytes, 0, bytes.length);
        } catch (MalformedException expected) {
            return;
        }
        byte[] packet = PathRequestCodec.packet(request);
        Fuzzing.check(PacketBytes.isWellFormed(packet, 0, packet.length), "a packet");
        int header = PacketBytes.headerLength(packet, 0);
        PathRequest again = PathRequestCodec.decode(packet, header, packet.length - header);
        Fuzzing.check(again.destination().equals(request.destination()), "destination");
        Fuzzing.check(request.tag().toBytes().length <= PathRequest.Tag.LONGEST, "length of the tag");
    }
}
