package io.kairos.test.fuzz;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity with keys of zeroes. */
final class FuzzIdentity implements LocalIdentity {

    private final CryptoSuite suite;
    private final PublicIdentity identity;

    FuzzIdentity(CryptoSuite suite) {
        this.suite = suite;
        byte[] keys = Arrays.copyOf(suite.keyAgreement().publicKey(new byte[32]), 64);
        System.arraycopy(suite.signer().publicKey(new byte[32]), 0, keys, 32, 32);
        identity = PublicIdentity.of(keys, Hashes.identity(keys));
    }

    @Override
    public String name() {
        return "fuzz";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return identity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return suite.signer().sign(new byte[32], message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return Optional.ofNullable(suite.keyAgreement().agree(new byte[32], peerPublicKey));
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        return Optional.ofNullable(suite.decrypt(List.of(new byte[32]), hash().toBytes(), ciphertext))
                .map(Decrypted::plaintext);
    }
}
