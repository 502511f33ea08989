package io.kairos.test.bench.jmh;

import io.kairos.api.packet.DestinationHash;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.Announce;
import io.kairos.lib.wire.AnnounceCodec;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an announce costs before it reaches a table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AnnounceBenchmark {

    private final Ed25519Signer signer = new Ed25519Signer();
    private DestinationHash destination;
    private byte[] payload;

    /** A signed announce with a little application data. */
    @Setup
    public void setUp() {
        byte[] seed = signer.generatePrivateKey();
        byte[] keys = new byte[64];
        System.arraycopy(signer.publicKey(seed), 0, keys, 32, 32);
        byte[] name = Hashes.name("kairos.bench");
        destination = Hashes.destination("kairos.bench", Hashes.identity(keys));
        byte[] blob = AnnounceCodec.blob(new byte[5], 1_767_225_600);
        byte[] data = new byte[20];
        byte[] signed = AnnounceCodec.signedData(destination, keys, name, blob, Optional.empty(), data);
        payload = AnnounceCodec.encode(keys, name, blob, Optional.empty(), signer.sign(seed, signed), data);
    }

    /** Taken apart. */
    @Benchmark
    public Announce decode() {
        return AnnounceCodec.decode(payload, false);
    }

    /** Taken apart and its signature checked. */
    @Benchmark
    public boolean verify() {
        Announce announce = AnnounceCodec.decode(payload, false);
        boolean valid = signer.verify(announce.signingKey(), announce.signedData(destination), announce.signature());
        if (!valid) {
            throw new IllegalStateException("the announce of the benchmark is not valid");
        }
        return valid;
    }
}
