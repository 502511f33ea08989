package io.kairos.api.crypto;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Diffie-Hellman key agreement over raw keys. For {@code X25519}: RFC 7748, private and public keys of 32 bytes, private
 * keys clamped at use and never changed.
 */
@ConsumerType
public interface KeyAgreement {

    /** Service property that names the algorithm. */
    String ALGORITHM = "algorithm";

    /** For example {@code X25519}. */
    String algorithm();

    /** Draws a new private key. */
    byte[] generatePrivateKey();

    /** The public key that belongs to {@code privateKey}. */
    byte[] publicKey(byte[] privateKey);

    /**
     * The shared secret, or {@code null} when the peer's key is of the wrong length or yields an all-zero secret; treat
     * that as "cannot decrypt".
     */
    byte[] agree(byte[] privateKey, byte[] peerPublicKey);
}
