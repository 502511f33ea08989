package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Translates tunnel requests, which are PLAIN data packets to {@link #DESTINATION}.
 *
 * <pre>
 *  size  field
 *  64    public keys       of the connecting node
 *  32    interface hash    SHA-256 of the description of its interface
 *  16    random
 *  64    signature         over the 112 bytes before
 * </pre>
 *
 * <p>Specification: docs/protocol/transport.md. Test vectors: {@code PathRequestVectors}.
 */
public final class TunnelCodec {

    /** Address of all tunnel requests. */
    public static final DestinationHash DESTINATION = Hashes.plainDestination("rnstransport.tunnel.synthesize");

    /** Length of the payload in bytes; nothing else is accepted. */
    public static final int LENGTH = 176;

    static final int KEYS = 64;
    static final int INTERFACE = 32;
    static final int RANDOM = 16;
    static final int SIGNED = KEYS + INTERFACE + RANDOM;

    private TunnelCodec() {}

    /** Reads a payload; the bytes are kept, not copied. Says nothing about the signature. */
    public static TunnelRequest decode(byte[] payload) {
        if (payload.length != LENGTH) {
            throw new MalformedException("tunnel request of %d bytes, %d wanted".formatted(payload.length, LENGTH));
        }
        return new TunnelRequest(payload);
    }

    /** SHA-256 of an interface's description, by which both sides and stored paths know it. */
    public static byte[] interfaceHash(String description) {
        return Hashes.sha256(description.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The complete packet, hops 0.
     *
     * @param publicKeys of this node, 64 bytes
     * @param description of the interface on which it is sent
     * @param random 16 random bytes
     * @param signer signs with the key that belongs to {@code publicKeys}
     */
    public static byte[] packet(byte[] publicKeys, String description, byte[] random, UnaryOperator<byte[]> signer) {
        ByteBuffer payload = ByteBuffer.allocate(LENGTH);
        payload.put(publicKeys).put(interfaceHash(description)).put(random, 0, RANDOM);
        payload.put(signer.apply(java.util.Arrays.copyOf(payload.array(), SIGNED)));
        int flags = PacketBytes.flags(PacketType.DATA, DestinationType.PLAIN);
        return PacketBytes.build(flags, DESTINATION, PacketContext.NONE, payload.array());
    }
}
