package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One message of a channel.
 *
 * <pre>
 *  offset  size  field
 *  0       2     message type; 0xf000 and above belong to the system
 *  2       2     sequence number
 *  4       2     length of the message; written, not checked
 *  6       ...   message
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code ChannelVectors}.
 */
public final class ChannelEnvelope {

    /** Length of everything before the message in bytes. */
    public static final int HEADER = 6;

    /** Message type of byte streams, see {@link StreamMessage}. */
    public static final int STREAM = 0xff00;

    /** Smallest message type of the system. */
    public static final int SYSTEM = 0xf000;

    /** Sequence numbers count up to this and start again at 0. */
    public static final int SEQUENCES = 0x1_0000;

    private final int type;
    private final int sequence;
    private final byte[] message;

    /**
     * @param type 0 to 0xffff
     * @param sequence 0 to 0xffff
     * @param message at most 65535 bytes; not copied
     */
    public ChannelEnvelope(int type, int sequence, byte[] message) {
        if (type < 0 || type > 0xffff || sequence < 0 || sequence > 0xffff || message.length > 0xffff) {
            throw new IllegalArgumentException("type, sequence and length of an envelope have 16 bits");
        }
        this.type = type;
        this.sequence = sequence;
        this.message = message;
    }

    public static ChannelEnvelope decode(byte[] plaintext) {
        if (plaintext.length < HEADER || plaintext.length - HEADER > 0xffff) {
            throw new MalformedException("an envelope of %d bytes".formatted(plaintext.length));
        }
        ByteBuffer in = ByteBuffer.wrap(plaintext);
        int type = in.getShort() & 0xffff;
        int sequence = in.getShort() & 0xffff;
        return new ChannelEnvelope(type, sequence, Arrays.copyOfRange(plaintext, HEADER, plaintext.length));
    }

    public byte[] encode() {
        return ByteBuffer.allocate(HEADER + message.length)
                .putShort((short) type)
                .putShort((short) sequence)
                .putShort((short) message.length)
                .put(message)
                .array();
    }

    public int type() {
        return type;
    }

    public int sequence() {
        return sequence;
    }

    /** The message; not a copy. */
    public byte[] message() {
        return message;
    }
}
