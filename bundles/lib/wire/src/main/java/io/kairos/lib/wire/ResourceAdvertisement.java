package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.bytes.MessagePack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The offer of one segment of a resource: a MessagePack map with one-letter keys, in this order.
 *
 * <pre>
 *  t  bytes of the encrypted stream of this segment      o  hash of the first segment (32 bytes)
 *  d  bytes of data over all segments with metadata      i  index of this segment, from 1
 *  n  parts of this segment                              l  number of segments
 *  h  hash of this segment (32 bytes)                    q  request id (16 bytes) or nil
 *  r  random hash (4 bytes)                              f  flags, see the constants
 *  m  hashes of up to the first 74 parts, 4 bytes each
 * </pre>
 *
 * <p>Specification: docs/protocol/resource.md. Test vectors: {@code ResourceVectors}.
 */
public final class ResourceAdvertisement {

    /** Content of one segment in bytes, uncompressed. */
    public static final int SEGMENT = 1_048_575;

    /** Part hashes in an advertisement and in each update, whatever the MTU of the link. */
    public static final int HASHES = 74;

    /** Length of the hash of a part in bytes. */
    public static final int PART_HASH = 4;

    public static final int ENCRYPTED = 0x01;
    public static final int COMPRESSED = 0x02;
    public static final int SPLIT = 0x04;
    public static final int REQUEST = 0x08;
    public static final int RESPONSE = 0x10;
    public static final int METADATA = 0x20;

    private static final int HASH = 32;
    private static final long LONGEST_STREAM = 3L * SEGMENT;

    private final long streamBytes;
    private final long totalBytes;
    private final long parts;
    private final byte[] hash;
    private final byte[] random;
    private final byte[] firstHash;
    private final int segment;
    private final int segments;
    private final byte[] requestId;
    private final int flags;
    private final byte[] partHashes;

    /** Arrays are not copied; {@code requestId} may be {@code null}. */
    public ResourceAdvertisement(
            long streamBytes,
            long totalBytes,
            long parts,
            byte[] hash,
            byte[] random,
            byte[] firstHash,
            int segment,
            int segments,
            byte[] requestId,
            int flags,
            byte[] partHashes) {
        this.streamBytes = streamBytes;
        this.totalBytes = totalBytes;
        this.parts = parts;
        this.hash = hash;
        this.random = random;
        this.firstHash = firstHash;
        this.segment = segment;
        this.segments = segments;
        this.requestId = requestId;
        this.flags = flags;
        this.partHashes = partHashes;
    }

    /** Refuses whatever lacks a key, has one of the wrong type, or offers a stream above three segment sizes. */
    public static ResourceAdvertisement decode(byte[] packed) {
        if (!(MessagePack.unpack(packed) instanceof Map<?, ?> map)) {
            throw new MalformedException("a resource advertisement is not a map");
        }
        ResourceAdvertisement decoded = new ResourceAdvertisement(
                number(map, "t", 1, LONGEST_STREAM),
                number(map, "d", 0, Long.MAX_VALUE),
                number(map, "n", 0, Long.MAX_VALUE),
                bytes(map, "h", HASH),
                bytes(map, "r", PART_HASH),
                bytes(map, "o", HASH),
                (int) number(map, "i", 1, Integer.MAX_VALUE),
                (int) number(map, "l", 1, Integer.MAX_VALUE),
                map.get("q") == null && map.containsKey("q") ? null : bytes(map, "q", RequestCodec.ID),
                (int) number(map, "f", 0, 0xff),
                hashes(map));
        if (decoded.segment > decoded.segments) {
            throw new MalformedException("a resource advertisement contradicts itself");
        }
        return decoded;
    }

    private static long number(Map<?, ?> map, String key, long min, long max) {
        if (map.get(key) instanceof Long value && value >= min && value <= max) {
            return value;
        }
        throw lacks(key);
    }

    private static byte[] bytes(Map<?, ?> map, String key, int length) {
        if (map.get(key) instanceof byte[] value && value.length == length) {
            return value;
        }
        throw lacks(key);
    }

    private static byte[] hashes(Map<?, ?> map) {
        if (map.get("m") instanceof byte[] hashes && hashes.length % PART_HASH == 0) {
            return hashes;
        }
        throw lacks("m");
    }

    private static MalformedException lacks(String key) {
        return new MalformedException("a resource advertisement lacks a proper " + key);
    }

    public byte[] encode() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("t", streamBytes);
        map.put("d", totalBytes);
        map.put("n", parts);
        map.put("h", hash);
        map.put("r", random);
        map.put("o", firstHash);
        map.put("i", segment);
        map.put("l", segments);
        map.put("q", requestId);
        map.put("f", flags);
        map.put("m", partHashes);
        return MessagePack.pack(map);
    }

    /** Bytes of the encrypted stream of this segment, 1 to 3,145,725. */
    public int streamBytes() {
        return (int) streamBytes;
    }

    public long totalBytes() {
        return totalBytes;
    }

    /** Parts as the sender counts them; receivers compute their own number. */
    public long parts() {
        return parts;
    }

    public byte[] hash() {
        return hash;
    }

    public byte[] random() {
        return random;
    }

    public byte[] firstHash() {
        return firstHash;
    }

    public int segment() {
        return segment;
    }

    public int segments() {
        return segments;
    }

    public Optional<byte[]> requestId() {
        return Optional.ofNullable(requestId);
    }

    public int flags() {
        return flags;
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Hashes of the first parts, one after the other. */
    public byte[] partHashes() {
        return partHashes;
    }
}
