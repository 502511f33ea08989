package io.kairos.test.container.peer;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Decrypted;
import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.crypto.bouncycastle.Ed25519Signer;
import io.kairos.crypto.bouncycastle.X25519Agreement;
import io.kairos.crypto.reticulum.ReticulumSuite;
import io.kairos.lib.bytes.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An identity that lives as long as its process. */
final class PeerKeys implements LocalIdentity {

    static final CryptoSuite SUITE = new ReticulumSuite(new X25519Agreement(), new Ed25519Signer());

    private final byte[] agreement = new byte[32];
    private final byte[] seed = new byte[32];
    private final PublicIdentity identity;

    PeerKeys(RandomGenerator random) {
        random.nextBytes(agreement);
        random.nextBytes(seed);
        byte[] keys = Arrays.copyOf(SUITE.keyAgreement().publicKey(agreement), 64);
        System.arraycopy(SUITE.signer().publicKey(seed), 0, keys, 32, 32);
        identity = PublicIdentity.of(keys, Hashes.identity(keys));
    }

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public PublicIdentity publicIdentity() {
        return identity;
    }

    @Override
    public byte[] sign(byte[] message) {
        return SUITE.signer().sign(seed, message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return Optional.ofNullable(SUITE.keyAgreement().agree(agreement, peerPublicKey));
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        List<byte[]> keys = new ArrayList<>(ratchets);
        if (!enforceRatchets) {
            keys.add(agreement);
        }
        return Optional.ofNullable(SUITE.decrypt(keys, hash().toBytes(), ciphertext))
                .map(Decrypted::plaintext);
    }
}
