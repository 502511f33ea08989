package io.kairos.core.router;

import io.kairos.api.identity.LocalIdentity;
import io.kairos.api.identity.PublicIdentity;
import java.util.List;
import java.util.Optional;

/**
 * The node's identity as whoever keeps it offers it now. The keys are the same as long as the router runs; who holds them may
 * be replaced.
 *
 * <p>Threads: any.
 */
final class HeldIdentity implements LocalIdentity {

    private volatile LocalIdentity identity;

    void bind(LocalIdentity present) {
        identity = present;
    }

    boolean isThere() {
        return identity != null;
    }

    /** Whether it stands for the same keys. */
    boolean isSameAs(LocalIdentity other) {
        return identity != null && identity.hash().equals(other.hash());
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public Optional<String> network() {
        return identity.network();
    }

    @Override
    public PublicIdentity publicIdentity() {
        return identity.publicIdentity();
    }

    @Override
    public byte[] sign(byte[] message) {
        return identity.sign(message);
    }

    @Override
    public Optional<byte[]> agree(byte[] peerPublicKey) {
        return identity.agree(peerPublicKey);
    }

    @Override
    public Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets) {
        return identity.decrypt(ciphertext, ratchets, enforceRatchets);
    }
}
