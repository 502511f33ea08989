package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import java.util.Arrays;

/**
 * The proof that a segment of a resource has arrived: only who has its content can compute it. Not signed, not encrypted.
 *
 * <pre>
 *  offset  size  field
 *  0       32    hash of the segment
 *  32      32    SHA-256 of content || hash of the segment
 * </pre>
 *
 * <p>Specification: docs/protocol/resource.md. Test vectors: {@code ResourceVectors}.
 */
public final class ResourceProofCodec {

    private static final int HASH = 32;

    private ResourceProofCodec() {}

    /** A proof packet. */
    public static byte[] packet(DestinationHash linkId, byte[] segmentHash, byte[] proof) {
        byte[] body = Arrays.copyOf(segmentHash, 2 * HASH);
        System.arraycopy(proof, 0, body, HASH, HASH);
        return PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.LINK), linkId, PacketContext.RESOURCE_PROOF, body);
    }

    /** Refuses bodies that have not exactly 64 bytes. */
    public static Body decode(byte[] body) {
        if (body.length != 2 * HASH) {
            throw new MalformedException("a resource proof has 64 bytes, got " + body.length);
        }
        return new Body(body);
    }

    /** A resource proof as it arrived. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] segmentHash() {
            return Arrays.copyOf(bytes, HASH);
        }

        public byte[] proof() {
            return Arrays.copyOfRange(bytes, HASH, 2 * HASH);
        }
    }
}
