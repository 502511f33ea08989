package io.kairos.transport.local.rpc;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into the messages of the control socket (docs/protocol/shared-instance.md).
 *
 * <pre>
 *  offset  size  field
 *  0       4     length   big endian, signed; -1: the length follows as eight bytes
 *  4       n     message
 * </pre>
 *
 * <p>Not safe for several threads.
 */
final class MessageReader {

    private static final int WORD = 4;
    private static final int LONG_HEADER = WORD + 8;

    private byte[] kept = {};

    /** Takes what has arrived. The caller bounds it: at most one message of the largest size and one read more. */
    void feed(ByteBuffer bytes) {
        int before = kept.length;
        kept = Arrays.copyOf(kept, before + bytes.remaining());
        bytes.get(kept, before, kept.length - before);
    }

    /** How many bytes wait for the rest of their message. */
    int waiting() {
        return kept.length;
    }

    /**
     * The next message, or {@code null} until it is whole.
     *
     * @param mostBytes longest message that is welcome now
     * @throws MalformedException for one that is longer, before it has arrived
     */
    byte[] next(int mostBytes) {
        if (kept.length < WORD) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(kept);
        long length = header.getInt();
        if (length == -1) {
            if (kept.length < LONG_HEADER) {
                return null;
            }
            length = header.getLong();
        }
        if (length < 0 || length > mostBytes) {
            throw new MalformedException("message of more than " + mostBytes + " bytes");
        }
        int from = header.position();
        int to = from + (int) length;
        if (kept.length < to) {
            return null;
        }
        byte[] message = Arrays.copyOfRange(kept, from, to);
        kept = Arrays.copyOfRange(kept, to, kept.length);
        return message;
    }

    /** A message with its length before it. */
    static byte[] frame(byte[] message) {
        return ByteBuffer.allocate(WORD + message.length)
                .putInt(message.length)
                .put(message)
                .array();
    }
}
