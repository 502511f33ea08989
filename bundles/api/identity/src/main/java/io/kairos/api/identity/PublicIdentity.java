package io.kairos.api.identity;

import io.kairos.api.packet.IdentityHash;
import java.util.Arrays;

/**
 * The public half of an identity: X25519 public key (32 bytes) followed by Ed25519 public key (32 bytes).
 *
 * <p>Immutable; prints nothing useful.
 */
public final class PublicIdentity {

    /** Length of both public keys in bytes. */
    public static final int LENGTH = 64;

    private final byte[] keys;
    private final IdentityHash hash;

    private PublicIdentity(byte[] keys, IdentityHash hash) {
        this.keys = keys;
        this.hash = hash;
    }

    /**
     * Takes the keys and their hash.
     *
     * @param keys exactly {@value #LENGTH} bytes; copied
     * @param hash truncated SHA-256 of {@code keys}, computed by the caller
     */
    public static PublicIdentity of(byte[] keys, IdentityHash hash) {
        if (keys.length != LENGTH) {
            throw new IllegalArgumentException("public keys have " + LENGTH + " bytes, got " + keys.length);
        }
        return new PublicIdentity(keys.clone(), hash);
    }

    public IdentityHash hash() {
        return hash;
    }

    /** Both keys, a copy. */
    public byte[] toBytes() {
        return keys.clone();
    }

    /** The X25519 public key, a copy. */
    public byte[] encryptionKey() {
        return Arrays.copyOf(keys, 32);
    }

    /** The Ed25519 public key, a copy. */
    public byte[] signingKey() {
        return Arrays.copyOfRange(keys, 32, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicIdentity that && Arrays.equals(keys, that.keys);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "PublicIdentity[…]";
    }
}
