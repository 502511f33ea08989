package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.util.Arrays;
import java.util.List;

/**
 * More part hashes of a resource.
 *
 * <pre>
 *  offset  size  field
 *  0       32    hash of the segment
 *  32      ...   MessagePack [ number of the block of 74 hashes, hashes of 4 bytes each ]
 * </pre>
 *
 * <p>Specification: docs/protocol/resource.md. Test vectors: {@code ResourceVectors}.
 */
public final class HashmapUpdate {

    private static final int HASH = 32;

    private final byte[] segmentHash;
    private final int block;
    private final byte[] partHashes;

    /** Arrays are not copied. */
    public HashmapUpdate(byte[] segmentHash, int block, byte[] partHashes) {
        this.segmentHash = segmentHash;
        this.block = block;
        this.partHashes = partHashes;
    }

    public static HashmapUpdate decode(byte[] plaintext) {
        if (plaintext.length < HASH) {
            throw new MalformedException("a hashmap update is cut short");
        }
        Object value = MessagePack.unpack(Arrays.copyOfRange(plaintext, HASH, plaintext.length));
        if (value instanceof List<?> list
                && list.size() == 2
                && list.get(0) instanceof Long block
                && block >= 0
                && block <= Integer.MAX_VALUE
                && list.get(1) instanceof byte[] hashes
                && hashes.length % ResourceAdvertisement.PART_HASH == 0) {
            return new HashmapUpdate(Arrays.copyOf(plaintext, HASH), block.intValue(), hashes);
        }
        throw new MalformedException("not a hashmap update");
    }

    public byte[] encode() {
        byte[] packed = MessagePack.pack(List.of(block, partHashes));
        byte[] out = Arrays.copyOf(segmentHash, HASH + packed.length);
        System.arraycopy(packed, 0, out, HASH, packed.length);
        return out;
    }

    public byte[] segmentHash() {
        return segmentHash;
    }

    public int block() {
        return block;
    }

    /** Part hashes one after the other; possibly none. */
    public byte[] partHashes() {
        return partHashes;
    }
}
