package io.kairos.core.link;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.lib.bytes.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity made of 64 private bytes. */
public final class TestIdentity implements LocalIdentity {

    private final CryptoSuite suite;
    private final byte[] agreement;
    private final byte[] seed;
    private final PublicIdentity publicIdentity;

    public TestIdentity(CryptoSuite suite, byte[] privateKeys) {
        this.suite = suite;
        this.agreement = Arrays.copyOf(privateKeys, 32);
        this.seed = Arrays.copyOfRange(privateKeys, 32, 64);
        byte[] keys = Arrays.copyOf(suite.keyAgreement().publicKey(agreement), 64);
        System.arraycopy(suite.signer().publicKey(seed), 0, keys, 32, 32);
        this.publicIdentity = PublicIdentity.of(keys, Hashes.identity(keys));
    }

    /** An identity that is always the same for the same number. */
    public static TestIdentity numbered(CryptoSuite suite, int number) {
        byte[] keys = new byte[64];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (byte) (number * 31 + i);
        }
        return new TestIdentity(suite, keys);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return suite.signer().sign(seed, message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return Optional.ofNullable(suite.keyAgreement().agree(agreement, peerPublicKey));
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        List<byte[]> keys = new ArrayList<>(ratchets);
        if (!enforceRatchets) {
            keys.add(agreement);
        }
        return Optional.ofNullable(suite.decrypt(keys, hash().toBytes(), ciphertext))
                .map(Decrypted::plaintext);
    }
}
