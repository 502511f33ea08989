package io.kairos.test.bench.jmh;

import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** HDLC as TCP connections use it; times are for one packet of random bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FramingBenchmark {

    private static final int PACKETS = 100;

    @Param({"100", "430", "8192"})
    private int bytes;

    private ByteBuffer packet;
    private ByteBuffer out;
    private byte[] stream;
    private byte[] read;
    private long seen;

    /** A read of many frames. */
    @Setup
    public void setUp() {
        byte[] random = new byte[bytes];
        new Random(1).nextBytes(random);
        packet = ByteBuffer.wrap(random);
        out = ByteBuffer.allocate(Hdlc.maximumFrameBytes(bytes));
        ByteBuffer frames = ByteBuffer.allocate(PACKETS * Hdlc.maximumFrameBytes(bytes));
        for (int i = 0; i < PACKETS; i++) {
            Hdlc.encode(packet, frames);
        }
        stream = new byte[frames.position()];
        frames.flip().get(stream);
        read = new byte[stream.length];
    }

    /** One packet framed. */
    @Benchmark
    public ByteBuffer encode() {
        Hdlc.encode(packet, out.clear());
        return out;
    }

    /** One packet deframed; with it the copy that the decoder works on, for it works in place. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long decode() {
        System.arraycopy(stream, 0, read, 0, stream.length);
        HdlcStreamDecoder decoder = new HdlcStreamDecoder(HdlcStreamDecoder.SHORTEST_PACKET, 8_192);
        decoder.feed(ByteBuffer.wrap(read), found -> seen += found.remaining());
        return seen;
    }
}
