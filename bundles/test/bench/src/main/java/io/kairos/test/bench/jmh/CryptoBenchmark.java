package io.kairos.test.bench.jmh;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.KeyAgreement;
import io.kairos.api.crypto.Signer;
import io.kairos.api.crypto.Token;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the compatible suite costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CryptoBenchmark {

    private final KeyAgreement agreement = new X25519Agreement();
    private final Signer signer = new Ed25519Signer();
    private final CryptoSuite suite = new ReticulumSuite(agreement, signer);
    private final byte[] message = new byte[180];
    private final byte[] payload = new byte[383];
    private final byte[] part = new byte[8_156];
    private final byte[] sealedPart = new byte[8_300];
    private byte[] seed;
    private byte[] publicKey;
    private byte[] signature;
    private byte[] privateKey;
    private byte[] peerKey;
    private Token token;

    /** Keys and messages. */
    @Setup
    public void setUp() {
        Random random = new Random(1);
        random.nextBytes(message);
        random.nextBytes(payload);
        random.nextBytes(part);
        byte[] key = new byte[64];
        random.nextBytes(key);
        token = suite.token(key);
        seed = signer.generatePrivateKey();
        publicKey = signer.publicKey(seed);
        signature = signer.sign(seed, message);
        privateKey = agreement.generatePrivateKey();
        peerKey = agreement.publicKey(agreement.generatePrivateKey());
    }

    /** One announce checked. */
    @Benchmark
    public boolean verify() {
        return signer.verify(publicKey, message, signature);
    }

    /** One proof or access code made. */
    @Benchmark
    public byte[] sign() {
        return signer.sign(seed, message);
    }

    /** One key agreement. */
    @Benchmark
    public byte[] agree() {
        return agreement.agree(privateKey, peerKey);
    }

    /** A full packet on a link. */
    @Benchmark
    public byte[] sealPacket() {
        return token.seal(payload);
    }

    /** Eight kilobytes, as a resource on a fast interface is made of. */
    @Benchmark
    public int sealPart() {
        return token.seal(part, 0, part.length, sealedPart, 0);
    }

    /** The same opened. */
    @Benchmark
    public int openPart() {
        int length = token.seal(part, 0, part.length, sealedPart, 0);
        return token.open(sealedPart, 0, length, sealedPart, 0);
    }
}
