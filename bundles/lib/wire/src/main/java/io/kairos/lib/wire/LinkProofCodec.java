package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import java.util.Arrays;

/**
 * The body of the proof that answers a link request.
 *
 * <pre>
 *  offset  size  field
 *  0       64    Ed25519 signature by the destination's identity
 *  64      32    responder's X25519 public key, made for this link
 *  96      3     signalling, see {@link LinkSignalling}; may be missing
 *
 *  signed: link id (16) || responder's X25519 key (32) || identity's Ed25519 key (32) || signalling as sent
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 */
public final class LinkProofCodec {

    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final int WITHOUT_SIGNALLING = SIGNATURE + KEY;

    private LinkProofCodec() {}

    public static byte[] encode(byte[] signature, byte[] encryptionKey, LinkSignalling signalling) {
        byte[] out = Arrays.copyOf(signature, WITHOUT_SIGNALLING + LinkSignalling.LENGTH);
        System.arraycopy(encryptionKey, 0, out, SIGNATURE, KEY);
        System.arraycopy(signalling.encode(), 0, out, WITHOUT_SIGNALLING, LinkSignalling.LENGTH);
        return out;
    }

    /** Refuses bodies that have neither 96 nor 99 bytes. */
    public static Body decode(byte[] body) {
        if (body.length != WITHOUT_SIGNALLING && body.length != WITHOUT_SIGNALLING + LinkSignalling.LENGTH) {
            throw new MalformedException("a link proof has 96 or 99 bytes, got " + body.length);
        }
        return new Body(body);
    }

    /**
     * What is signed.
     *
     * @param signalling the three bytes of this very proof, or none
     */
    public static byte[] signedData(
            DestinationHash linkId, byte[] encryptionKey, byte[] identitySigningKey, byte[] signalling) {
        byte[] out = new byte[DestinationHash.LENGTH + 2 * KEY + signalling.length];
        linkId.writeTo(out, 0);
        System.arraycopy(encryptionKey, 0, out, DestinationHash.LENGTH, KEY);
        System.arraycopy(identitySigningKey, 0, out, DestinationHash.LENGTH + KEY, KEY);
        System.arraycopy(signalling, 0, out, DestinationHash.LENGTH + 2 * KEY, signalling.length);
        return out;
    }

    /** A link proof as it arrived. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] signature() {
            return Arrays.copyOf(bytes, SIGNATURE);
        }

        public byte[] encryptionKey() {
            return Arrays.copyOfRange(bytes, SIGNATURE, WITHOUT_SIGNALLING);
        }

        /** The signalling bytes as they arrived, possibly none; they are signed. */
        public byte[] signallingBytes() {
            return Arrays.copyOfRange(bytes, WITHOUT_SIGNALLING, bytes.length);
        }

        public LinkSignalling signalling() {
            return bytes.length == WITHOUT_SIGNALLING
                    ? LinkSignalling.ABSENT
                    : LinkSignalling.decode(bytes, WITHOUT_SIGNALLING);
        }
    }
}
