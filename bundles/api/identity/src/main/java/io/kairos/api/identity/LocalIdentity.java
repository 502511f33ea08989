package io.kairos.api.identity;

import io.kairos.api.packet.IdentityHash;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An identity whose private keys this node holds. Uses the crypto suite that is present at the moment of the call and
 * throws {@link io.kairos.api.failure.MeshException} where none is.
 *
 * <p>Threads: any thread.
 */
@ProviderType
public interface LocalIdentity {

    /** The name its operator chose, for example {@code node}; unique in the store. */
    String name();

    /** The network it belongs to and is refused outside of; empty where it belongs to no store. */
    default Optional<String> network() {
        return Optional.empty();
    }

    PublicIdentity publicIdentity();

    default IdentityHash hash() {
        return publicIdentity().hash();
    }

    /** Ed25519 signature, 64 bytes. */
    byte[] sign(byte[] message);

    /** X25519 agreement with the identity's own key; empty for a peer key that cannot be used. */
    Optional<byte[]> agree(byte[] peerPublicKey);

    /**
     * Decrypts a message that was encrypted to this identity.
     *
     * @param ratchets private ratchet keys to try first, newest first
     * @param enforceRatchets whether the identity's own key must not be tried
     * @return the plaintext; empty for anything that does not decrypt
     */
    Optional<byte[]> decrypt(byte[] ciphertext, List<byte[]> ratchets, boolean enforceRatchets);
}
