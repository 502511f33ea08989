package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketContext;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;
import java.util.Optional;

/**
 * Translates path requests, which are PLAIN data packets to {@link #DESTINATION}.
 *
 * <pre>
 *  size  field
 *  16    destination     for which a path is wanted
 *  16    requester       transport id; only present when the payload is longer than 32 bytes
 *  1..16 tag             what is longer is cut
 * </pre>
 *
 * <p>Specification: docs/protocol/announce.md. Test vectors: {@code PathRequestVectors}.
 */
public final class PathRequestCodec {

    /** Address of all path requests. */
    public static final DestinationHash DESTINATION = Hashes.plainDestination("rnstransport.path.request");

    private static final int HASH = DestinationHash.LENGTH;

    private PathRequestCodec() {}

    /** Reads the payload of the packet {@code raw[offset, offset + length)} from {@code offset} on. */
    public static PathRequest decode(byte[] raw, int offset, int length) {
        if (length <= HASH) {
            throw new MalformedException("path request without tag: %d bytes".formatted(length));
        }
        boolean named = length > 2 * HASH;
        int tag = named ? 2 * HASH : HASH;
        return new PathRequest(
                DestinationHash.of(raw, offset),
                named ? Optional.of(DestinationHash.of(raw, offset + HASH)) : Optional.empty(),
                PathRequest.Tag.of(raw, offset + tag, length - tag));
    }

    /** The complete packet, hops 0. */
    public static byte[] packet(PathRequest request) {
        byte[] tag = request.tag().toBytes();
        int named = request.requester().isPresent() ? HASH : 0;
        byte[] payload = new byte[HASH + named + tag.length];
        request.destination().writeTo(payload, 0);
        request.requester().ifPresent(id -> id.writeTo(payload, HASH));
        System.arraycopy(tag, 0, payload, HASH + named, tag.length);
        int flags = PacketBytes.flags(PacketType.DATA, DestinationType.PLAIN);
        return PacketBytes.build(flags, DESTINATION, PacketContext.NONE, payload);
    }
}
