package io.kairos.test.bench.parts;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity that can sign and nothing else. */
public final class BenchIdentity implements LocalIdentity {

    private final CryptoSuite suite;
    private final byte[] seed;
    private final PublicIdentity identity;

    public BenchIdentity(CryptoSuite suite) {
        this.suite = suite;
        seed = suite.signer().generatePrivateKey();
        byte[] agreement = suite.keyAgreement().publicKey(suite.keyAgreement().generatePrivateKey());
        byte[] keys = Arrays.copyOf(agreement, 64);
        System.arraycopy(suite.signer().publicKey(seed), 0, keys, 32, 32);
        identity = PublicIdentity.of(keys, Hashes.identity(keys));
    }

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return identity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return suite.signer().sign(seed, message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        return Optional.empty();
    }
}
