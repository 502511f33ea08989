package io.kairos.core.link.resource;

import io.kairos.api.crypto.Token;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.ResourceData;
import io.kairos.core.link.RandomSource;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.bytes.MessagePack;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Cuts a resource into segments and prepares them one after the other: reads, compresses where that helps, encrypts, hashes.
 * Holds one segment in memory, never the whole resource.
 *
 * <pre>
 *  content    metadata (first segment only) || data of this segment
 *  stream     token( 4 random bytes || content or bzip2(content) )
 *  hash       SHA-256( content || random hash )       proof  SHA-256( content || hash )
 * </pre>
 *
 * <p>Threads: one at a time; reads files, so never a receiving thread. Specification: docs/protocol/resource.md.
 */
final class SegmentMaker implements AutoCloseable {

    private static final int PREFIX = 4;
    private static final int LENGTH_OF_METADATA = 3;
    private static final int LONGEST_METADATA = 0xff_ffff;
    private static final long LARGEST_COMPRESSED = 64L << 20;
    private static final int SEGMENT = ResourceAdvertisement.SEGMENT;

    private final ResourceData data;
    private final byte[] metadata;
    private final boolean compress;
    private final Token token;
    private final int partBytes;
    private final RandomSource random;
    private InputStream in;

    /**
     * @param metadata as {@link #packMetadata} made it
     * @param partBytes bytes of one part on this link
     */
    SegmentMaker(
            ResourceData data, byte[] metadata, boolean compress, Token token, int partBytes, RandomSource random) {
        this.data = data;
        this.metadata = metadata;
        this.compress = compress && data.length() <= LARGEST_COMPRESSED;
        this.token = token;
        this.partBytes = partBytes;
        this.random = random;
    }

    /** Length in three bytes and the value, or nothing where there is none. */
    static byte[] packMetadata(Optional<Object> value) {
        if (value.isEmpty()) {
            return new byte[0];
        }
        byte[] packed = MessagePack.pack(value.get());
        if (packed.length > LONGEST_METADATA) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "Metadata of %d bytes are too long; %d fit".formatted(packed.length, LONGEST_METADATA),
                    "Move some of it into the data.");
        }
        byte[] out = new byte[LENGTH_OF_METADATA + packed.length];
        out[0] = (byte) (packed.length >> 16);
        out[1] = (byte) (packed.length >> 8);
        out[2] = (byte) packed.length;
        System.arraycopy(packed, 0, out, LENGTH_OF_METADATA, packed.length);
        return out;
    }

    /** Bytes over all segments with metadata. */
    long totalBytes() {
        return metadata.length + data.length();
    }

    int segments() {
        return (int) (Math.max(0, totalBytes() - 1) / SEGMENT) + 1;
    }

    /** Bytes that a segment takes while it is made, without what compression needs for itself. */
    long memoryOf(int index) {
        return 2L * lengthOf(index);
    }

    private int lengthOf(int index) {
        int head = index == 1 ? metadata.length : 0;
        long left = totalBytes() - (long) (index - 1) * SEGMENT;
        return (int) Math.max(head, Math.min(SEGMENT, left));
    }

    /** The next segment; the first one has the index 1. */
    Segment make(int index) throws IOException {
        int head = index == 1 ? metadata.length : 0;
        int length = lengthOf(index);
        byte[] plain = new byte[PREFIX + length];
        System.arraycopy(metadata, 0, plain, PREFIX, head);
        read(plain, PREFIX + head, length - head);
        MessageDigest content = Hashes.newSha256();
        content.update(plain, PREFIX, length);
        byte[] prefix = random.bytes(PREFIX);
        byte[] packed = compressed(plain, length);
        byte[] sent = packed == null ? plain : packed;
        System.arraycopy(prefix, 0, sent, 0, PREFIX);
        byte[] stream = token.seal(sent);
        while (true) {
            byte[] chosen = random.bytes(PREFIX);
            int[] hashes = PartHashes.ofAll(stream, partBytes, chosen);
            if (hashes != null) {
                byte[] hash = finish(content, chosen);
                return new Segment(
                        index, hash, finish(content, hash), chosen, stream, partBytes, hashes, packed != null);
            }
        }
    }

    private void read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (in == null) {
            in = data.open(0);
        }
        int got = in.readNBytes(into, offset, length);
        if (got < length) {
            throw new EOFException("%d bytes are missing at the end of the data".formatted(length - got));
        }
    }

    /** The compressed content behind four free bytes; {@code null} where compression does not make it shorter. */
    private byte[] compressed(byte[] plain, int length) {
        if (!compress || !Bzip2.isWorthwhile(plain, PREFIX, length)) {
            return null;
        }
        byte[] packed = Bzip2.compress(plain, PREFIX, length);
        if (packed.length >= length) {
            return null;
        }
        byte[] out = new byte[PREFIX + packed.length];
        System.arraycopy(packed, 0, out, PREFIX, packed.length);
        return out;
    }

    /** The digest goes over the content once and is copied for what follows it. */
    private static byte[] finish(MessageDigest content, byte[] suffix) {
        try {
            return ((MessageDigest) content.clone()).digest(suffix);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this runtime cannot be copied", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
