package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import java.util.Arrays;

/**
 * A piece of a byte stream on a channel.
 *
 * <pre>
 *  offset  size  field
 *  0       2     bit 15 end of stream, bit 14 data is compressed (bzip2), bits 13..0 stream id
 *  2       ...   data
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code BufferVectors}.
 */
public final class StreamMessage {

    /** Largest data of one message in bytes, whatever the MTU of the link. */
    public static final int LARGEST_DATA = 423;

    /** Largest data after decompression in bytes. */
    public static final int LARGEST_CHUNK = 16_384;

    /** Largest stream id. */
    public static final int LARGEST_ID = 0x3fff;

    private static final int HEADER = 2;
    private static final int END = 0x8000;
    private static final int COMPRESSED = 0x4000;

    private final int streamId;
    private final boolean end;
    private final boolean compressed;
    private final byte[] data;

    /** @param data not copied */
    public StreamMessage(int streamId, boolean end, boolean compressed, byte[] data) {
        if (streamId < 0 || streamId > LARGEST_ID) {
            throw new IllegalArgumentException("a stream id is 0 to 16383, got " + streamId);
        }
        this.streamId = streamId;
        this.end = end;
        this.compressed = compressed;
        this.data = data;
    }

    public static StreamMessage decode(byte[] message) {
        if (message.length < HEADER) {
            throw new MalformedException("a stream message of %d bytes".formatted(message.length));
        }
        int header = (message[0] & 0xff) << 8 | message[1] & 0xff;
        return new StreamMessage(
                header & LARGEST_ID,
                (header & END) != 0,
                (header & COMPRESSED) != 0,
                Arrays.copyOfRange(message, HEADER, message.length));
    }

    public byte[] encode() {
        int header = streamId | (end ? END : 0) | (compressed ? COMPRESSED : 0);
        byte[] out = new byte[HEADER + data.length];
        out[0] = (byte) (header >> 8);
        out[1] = (byte) header;
        System.arraycopy(data, 0, out, HEADER, data.length);
        return out;
    }

    public int streamId() {
        return streamId;
    }

    public boolean isEnd() {
        return end;
    }

    public boolean isCompressed() {
        return compressed;
    }

    /** The data as sent, possibly compressed; not a copy. */
    public byte[] data() {
        return data;
    }
}
