package io.kairos.test.bench.jmh;

import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.PacketBytes;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the codecs cost that every packet passes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacketBenchmark {

    @Param({"100", "430"})
    private int bytes;

    private byte[] packet;
    private final byte[] hash = new byte[32];
    private byte[] request;

    /** A packet in transport and a packed request. */
    @Setup
    public void setUp() {
        packet = new byte[bytes];
        new Random(1).nextBytes(packet);
        packet[0] = 0x50;
        packet[1] = 3;
        request = MessagePack.pack(List.of(1_767_225_600.5, new byte[16], "what is asked"));
    }

    /** The packet hash, computed for every packet. */
    @Benchmark
    public byte[] hash() {
        PacketBytes.hash(packet, 0, packet.length, hash, 0);
        return hash;
    }

    /** Header check and destination. */
    @Benchmark
    public DestinationHash header() {
        return PacketBytes.isWellFormed(packet, 0, packet.length) ? PacketBytes.destination(packet, 0) : null;
    }

    /** A request as it comes over a link. */
    @Benchmark
    public Object unpackRequest() {
        return MessagePack.unpack(request);
    }
}
