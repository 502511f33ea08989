package io.kairos.test.bench.jmh;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.transport.AccessCode;
import io.kairos.core.router.ports.AccessGate;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.util.Optional;
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

/** What an interface access code adds to each packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccessGateBenchmark {

    @Param({"100", "430"})
    private int bytes;

    private final CryptoSuite suite = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());
    private final AccessGate gate =
            new AccessGate(new AccessCode(Optional.of("bench"), Optional.empty(), 16), () -> Optional.of(suite));
    private byte[] clear;
    private byte[] sealed;
    private byte[] work;

    /** A packet and what it looks like on a closed interface. */
    @Setup
    public void setUp() {
        clear = new byte[bytes];
        new Random(1).nextBytes(clear);
        clear[0] = 0x50;
        sealed = gate.seal(clear, 0, clear.length);
        work = new byte[sealed.length];
    }

    /** A packet that leaves. */
    @Benchmark
    public byte[] seal() {
        return gate.seal(clear, 0, clear.length);
    }

    /** A packet that arrives. */
    @Benchmark
    public int open() {
        System.arraycopy(sealed, 0, work, 0, sealed.length);
        int length = gate.open(work, 0, work.length);
        if (length != bytes) {
            throw new IllegalStateException("the packet of the benchmark was refused");
        }
        return length;
    }
}
