package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import java.util.Arrays;

/**
 * What the initiator of a link says to identify itself.
 *
 * <pre>
 *  offset  size  field
 *  0       64    public keys of the identity
 *  64      64    its Ed25519 signature over link id (16) || public keys (64)
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 */
public final class LinkIdentityCodec {

    private static final int KEYS = 64;
    private static final int LENGTH = 128;

    private LinkIdentityCodec() {}

    public static byte[] signedData(DestinationHash linkId, byte[] publicKeys) {
        byte[] out = new byte[DestinationHash.LENGTH + KEYS];
        linkId.writeTo(out, 0);
        System.arraycopy(publicKeys, 0, out, DestinationHash.LENGTH, KEYS);
        return out;
    }

    public static byte[] encode(byte[] publicKeys, byte[] signature) {
        byte[] out = Arrays.copyOf(publicKeys, LENGTH);
        System.arraycopy(signature, 0, out, KEYS, LENGTH - KEYS);
        return out;
    }

    /** Refuses anything that has not exactly 128 bytes. */
    public static Body decode(byte[] plaintext) {
        if (plaintext.length != LENGTH) {
            throw new MalformedException("a link identification has 128 bytes, got " + plaintext.length);
        }
        return new Body(plaintext);
    }

    /** An identification as it arrived. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] publicKeys() {
            return Arrays.copyOf(bytes, KEYS);
        }

        public byte[] signature() {
            return Arrays.copyOfRange(bytes, KEYS, LENGTH);
        }
    }
}
