package io.kairos.api.crypto;

import org.osgi.annotation.versioning.ConsumerType;

/** Signatures over raw keys. For {@code Ed25519}: RFC 8032, pure, seed and public key of 32 bytes, signature of 64. */
@ConsumerType
public interface Signer {

    /** Service property that names the algorithm. */
    String ALGORITHM = "algorithm";

    /** For example {@code Ed25519}. */
    String algorithm();

    /** Draws a new private key (seed). */
    byte[] generatePrivateKey();

    /** The public key that belongs to {@code privateKey}. */
    byte[] publicKey(byte[] privateKey);

    /**
     * Signs {@code message}; the same input gives the same signature.
     *
     * @param privateKey a seed, or (64 bytes) a seed and its public key, which other libraries keep together
     * @throws IllegalArgumentException where it is neither, or the public key belongs to another seed
     */
    byte[] sign(byte[] privateKey, byte[] message);

    /** Whether the signature is valid; false for anything malformed, never an exception. */
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
