package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;

/**
 * The body of a link request.
 *
 * <pre>
 *  offset  size  field
 *  0       32    initiator's X25519 public key, made for this link
 *  32      32    initiator's Ed25519 public key, made for this link
 *  64      3     signalling, see {@link LinkSignalling}; may be missing
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 */
public final class LinkRequestCodec {

    /** Length of both keys in bytes. */
    public static final int KEYS = 64;

    private static final int KEY = 32;

    private LinkRequestCodec() {}

    public static byte[] encode(byte[] encryptionKey, byte[] signingKey, LinkSignalling signalling) {
        byte[] out = new byte[KEYS + LinkSignalling.LENGTH];
        System.arraycopy(encryptionKey, 0, out, 0, KEY);
        System.arraycopy(signingKey, 0, out, KEY, KEY);
        System.arraycopy(signalling.encode(), 0, out, KEYS, LinkSignalling.LENGTH);
        return out;
    }

    /** Refuses bodies that have neither 64 nor 67 bytes. */
    public static Body decode(byte[] body) {
        if (body.length != KEYS && body.length != KEYS + LinkSignalling.LENGTH) {
            throw new MalformedException("a link request has 64 or 67 bytes, got " + body.length);
        }
        return new Body(body);
    }

    /**
     * The link id: truncated hash of the request packet without its signalling, which nodes on the way may change.
     *
     * @param raw a whole link request packet; refused where its body has less than 64 bytes
     */
    public static DestinationHash linkId(byte[] raw) {
        int end = raw.length < PacketBytes.SHORT_HEADER ? Integer.MAX_VALUE : PacketBytes.headerLength(raw, 0) + KEYS;
        if (raw.length < end) {
            throw new MalformedException("link request is cut short");
        }
        byte[] hash = new byte[Hashes.FULL];
        PacketBytes.hash(raw, 0, end, hash, 0);
        return DestinationHash.of(hash, 0);
    }

    /** A link request as it arrived. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] encryptionKey() {
            return Arrays.copyOf(bytes, KEY);
        }

        public byte[] signingKey() {
            return Arrays.copyOfRange(bytes, KEY, KEYS);
        }

        /** What was signalled; {@link LinkSignalling#ABSENT} where nothing was, and for an MTU of 0 that of 500 bytes. */
        public LinkSignalling signalling() {
            if (bytes.length == KEYS) {
                return LinkSignalling.ABSENT;
            }
            LinkSignalling sent = LinkSignalling.decode(bytes, KEYS);
            return sent.mtu() == 0 ? sent.withMtu(PacketBytes.MTU) : sent;
        }
    }
}
