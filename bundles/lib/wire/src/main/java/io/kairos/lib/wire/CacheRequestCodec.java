package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;
import java.util.Arrays;

/**
 * Translates cache requests: the payload is the hash of the packet that is wanted again, 32 bytes, not encrypted.
 *
 * <p>Specification: docs/protocol/transport.md.
 */
public final class CacheRequestCodec {

    private CacheRequestCodec() {}

    /** The wanted packet hash, 32 bytes. */
    public static byte[] decode(byte[] payload) {
        if (payload.length != Hashes.FULL) {
            throw new MalformedException("cache request of %d bytes, %d wanted".formatted(payload.length, Hashes.FULL));
        }
        return payload.clone();
    }

    /** The complete packet, hops 0, to a destination or a link. */
    public static byte[] packet(DestinationHash to, DestinationType type, byte[] packetHash) {
        byte[] payload = Arrays.copyOf(packetHash, Hashes.FULL);
        return PacketBytes.build(PacketBytes.flags(PacketType.DATA, type), to, PacketContext.CACHE_REQUEST, payload);
    }
}
