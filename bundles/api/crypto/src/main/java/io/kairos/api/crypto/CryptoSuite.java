package io.kairos.api.crypto;

import java.security.SecureRandom;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Everything one protocol needs of cryptography. The suite named {@link #RETICULUM} is wire-compatible: X25519, Ed25519,
 * HKDF-SHA256, AES-256-CBC and HMAC-SHA256.
 *
 * <p>Suites come and go while the node runs: users bind them dynamically, look them up anew for each operation, and keep
 * only what they derived (a {@link Token}).
 */
@ConsumerType
public interface CryptoSuite {

    /** Service property that names the suite. */
    String SUITE = "suite";

    /** Name of the compatible suite. */
    String RETICULUM = "reticulum";

    /** The value of the service property {@link #SUITE}. */
    String name();

    KeyAgreement keyAgreement();

    Signer signer();

    /**
     * HKDF as Reticulum defines it: RFC 5869 with SHA-256 whose block counter wraps at 256, so that any length is
     * allowed.
     *
     * @param length bytes wanted, at least 1
     * @param inputKey the secret; what is derived from an empty one is no secret
     * @param salt {@code null} or empty means 32 zero bytes
     * @param context {@code null} means empty
     */
    byte[] deriveKey(int length, byte[] inputKey, byte[] salt, byte[] context);

    /** A cipher for a key of 64 bytes (AES-256) or 32 bytes (AES-128, legacy groups), signing half first. */
    Token token(byte[] key);

    /** Draws a new key for {@link #token}, for example one that the members of a group will share. */
    default byte[] generateTokenKey(Token.Mode mode) {
        byte[] key = new byte[mode.keyBytes()];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /**
     * Encrypts to a public X25519 key with a fresh ephemeral key: {@code ephemeral public (32) || token}.
     *
     * @param publicKey the identity's or a ratchet's X25519 public key, 32 bytes
     * @param identityHash the 16-byte hash of the identity, which salts the derivation also for ratchets
     */
    byte[] encrypt(byte[] publicKey, byte[] identityHash, byte[] plaintext);

    /**
     * Decrypts what {@link #encrypt} made.
     *
     * @param privateKeys X25519 private keys to try, in this order
     * @param identityHash as for {@link #encrypt}
     * @return the plaintext and which key fitted, or {@code null}; bad bytes are never an exception
     */
    Decrypted decrypt(List<byte[]> privateKeys, byte[] identityHash, byte[] ciphertext);
}
