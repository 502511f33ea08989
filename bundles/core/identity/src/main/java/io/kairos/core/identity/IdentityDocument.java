package io.kairos.core.identity;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.identity.PublicIdentity;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;

/**
 * The document that holds one identity. The public keys stand beside the private ones, so that a node knows who it is
 * before any crypto suite has started.
 *
 * <pre>
 *  offset  size  field
 *  0       1     version   1
 *  1       64    private   X25519 private key (32, not clamped) || Ed25519 seed (32)
 *  65      64    public    X25519 public key (32) || Ed25519 public key (32)
 * </pre>
 *
 * The private part is what a Reticulum identity file holds (docs/protocol/packet.md).
 */
final class IdentityDocument {

    static final int PRIVATE_LENGTH = 64;
    static final int LENGTH = 1 + PRIVATE_LENGTH + PublicIdentity.LENGTH;

    private static final byte VERSION = 1;

    private final byte[] privateKeys;
    private final PublicIdentity publicIdentity;

    private IdentityDocument(byte[] privateKeys, PublicIdentity publicIdentity) {
        this.privateKeys = privateKeys;
        this.publicIdentity = publicIdentity;
    }

    /** Takes 64 and 64 bytes, copied. */
    static IdentityDocument of(byte[] privateKeys, byte[] publicKeys) {
        if (privateKeys.length != PRIVATE_LENGTH) {
            throw new IllegalArgumentException("private keys have 64 bytes, got " + privateKeys.length);
        }
        return new IdentityDocument(privateKeys.clone(), PublicIdentity.of(publicKeys, Hashes.identity(publicKeys)));
    }

    /** Reads a document; {@link MalformedException} where it is none. */
    static IdentityDocument decode(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != VERSION) {
            throw new MalformedException(
                    bytes.length == 0 ? "empty" : "version %d, known is %d".formatted(bytes[0], VERSION));
        }
        if (bytes.length != LENGTH) {
            throw new MalformedException("%d bytes instead of %d".formatted(bytes.length, LENGTH));
        }
        return of(
                Arrays.copyOfRange(bytes, 1, 1 + PRIVATE_LENGTH),
                Arrays.copyOfRange(bytes, 1 + PRIVATE_LENGTH, LENGTH));
    }

    /** The bytes; the caller wipes the array. */
    byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = VERSION;
        System.arraycopy(privateKeys, 0, bytes, 1, PRIVATE_LENGTH);
        System.arraycopy(publicIdentity.toBytes(), 0, bytes, 1 + PRIVATE_LENGTH, PublicIdentity.LENGTH);
        return bytes;
    }

    PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    /** Both private keys, a copy. */
    byte[] privateKeys() {
        return privateKeys.clone();
    }

    /** The X25519 private key, a copy. */
    byte[] agreementKey() {
        return Arrays.copyOf(privateKeys, 32);
    }

    /** The Ed25519 seed, a copy. */
    byte[] signingSeed() {
        return Arrays.copyOfRange(privateKeys, 32, PRIVATE_LENGTH);
    }

    @Override
    public String toString() {
        return "IdentityDocument[\u2026]";
    }
}
