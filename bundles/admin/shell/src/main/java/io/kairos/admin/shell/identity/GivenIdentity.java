package io.kairos.admin.shell.identity;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An identity whose private keys an operator gives for one command; this node does not keep them. */
final class GivenIdentity implements LocalIdentity, AutoCloseable {

    private static final int HALF = 32;

    private final CryptoSuite suite;
    private final byte[] agreement;
    private final byte[] seed;
    private final PublicIdentity keys;

    /** @param privateKeys X25519 private key and Ed25519 seed, 64 bytes; copied */
    GivenIdentity(CryptoSuite suite, byte[] privateKeys) {
        this.suite = suite;
        agreement = Arrays.copyOf(privateKeys, HALF);
        seed = Arrays.copyOfRange(privateKeys, HALF, 2 * HALF);
        byte[] both = Arrays.copyOf(suite.keyAgreement().publicKey(agreement), 2 * HALF);
        System.arraycopy(suite.signer().publicKey(seed), 0, both, HALF, HALF);
        keys = PublicIdentity.of(both, Hashes.identity(both));
    }

    /** Both private keys, a copy; the caller wipes it. */
    byte[] privateKeys() {
        byte[] both = Arrays.copyOf(agreement, 2 * HALF);
        System.arraycopy(seed, 0, both, HALF, HALF);
        return both;
    }

    @Override
    public String name() {
        return "given";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return keys;
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
        return Optional.ofNullable(suite.decrypt(List.of(agreement), hash().toBytes(), ciphertext))
                .map(decrypted -> decrypted.plaintext());
    }

    @Override
    public void close() {
        Arrays.fill(agreement, (byte) 0);
        Arrays.fill(seed, (byte) 0);
    }
}
