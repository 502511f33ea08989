package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/** The one buffer in which a decoder lends packets; made anew only when the array beneath changes. */
final class LentBuffer {

    private ByteBuffer buffer = ByteBuffer.allocate(0);

    /** A heap buffer with {@code bytes[from, from + length)} between position and limit. */
    ByteBuffer over(byte[] bytes, int from, int length) {
        if (buffer.array() != bytes) {
            buffer = ByteBuffer.wrap(bytes);
        }
        return buffer.limit(from + length).position(from);
    }
}
