package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import java.util.Arrays;
import java.util.Optional;

/**
 * Proofs that a packet has arrived.
 *
 * <pre>
 *  implicit   offset  size  field            explicit  offset  size  field
 *             0       64    signature                  0       32    hash of the proved packet
 *                                                      32      64    signature
 *
 *  signed: the hash of the proved packet (32)
 * </pre>
 *
 * <p>For a SINGLE destination the proof is addressed to the first 16 bytes of the proved packet's hash and both forms are
 * in use; on a link it is addressed to the link id and always explicit.
 *
 * <p>Specification: docs/protocol/packet.md. Test vectors: {@code ProofVectors}.
 */
public final class PacketProofCodec {

    private static final int HASH = 32;
    private static final int SIGNATURE = 64;

    private PacketProofCodec() {}

    /** A proof packet of a SINGLE destination. */
    public static byte[] single(byte[] provedHash, byte[] signature, boolean explicit) {
        return PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.SINGLE),
                DestinationHash.of(provedHash, 0),
                PacketContext.NONE,
                explicit ? join(provedHash, signature) : signature);
    }

    /** A proof packet on a link. */
    public static byte[] onLink(DestinationHash linkId, byte[] provedHash, byte[] signature) {
        return PacketBytes.build(
                PacketBytes.flags(PacketType.PROOF, DestinationType.LINK),
                linkId,
                PacketContext.NONE,
                join(provedHash, signature));
    }

    /** Refuses bodies that have neither 64 nor 96 bytes. */
    public static Body decode(byte[] body) {
        if (body.length != SIGNATURE && body.length != HASH + SIGNATURE) {
            throw new MalformedException("a proof has 64 or 96 bytes, got " + body.length);
        }
        return new Body(body);
    }

    private static byte[] join(byte[] hash, byte[] signature) {
        byte[] out = Arrays.copyOf(hash, HASH + SIGNATURE);
        System.arraycopy(signature, 0, out, HASH, SIGNATURE);
        return out;
    }

    /** A proof as it arrived. */
    public static final class Body {

        private final byte[] bytes;

        Body(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The hash of the proved packet; empty in the implicit form. */
        public Optional<byte[]> provedHash() {
            return bytes.length == SIGNATURE ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, HASH));
        }

        public byte[] signature() {
            return Arrays.copyOfRange(bytes, bytes.length - SIGNATURE, bytes.length);
        }
    }
}
