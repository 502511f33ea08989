package io.kairos.transport.websocket;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes WebSocket frames (RFC 6455, section 5.2). Stateless.
 *
 * <pre>
 *  offset  size     field
 *  0       1        F 000 OOOO   F final fragment, O opcode
 *  1       1        M LLLLLLL    M masked, L length; 126: two bytes follow, 127: eight bytes follow
 *  2       0|2|8    length       big-endian, in the shortest form that holds it
 *  ...     0|4      mask         only from client to server
 *  ...     length   payload      each byte XOR the byte of the mask at its offset modulo 4
 * </pre>
 */
final class Frames {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    static final int FINAL = 0x80;
    static final int RESERVED = 0x70;
    static final int MASKED = 0x80;

    /** Most bytes that a frame has beyond its payload. */
    static final int MOST_HEADER_BYTES = 14;

    /** Most payload of a close, ping or pong. */
    static final int MOST_CONTROL_BYTES = 125;

    static final int TWO_BYTES = 126;
    static final int EIGHT_BYTES = 127;

    private Frames() {}

    /**
     * One whole frame.
     *
     * @param payload read to its limit
     * @param mask the key of a client; 0: not masked, as servers write
     */
    static byte[] encode(int opcode, ByteBuffer payload, int mask) {
        int length = payload.remaining();
        int marked = mask == 0 ? 0 : MASKED;
        ByteBuffer frame = ByteBuffer.allocate(headerBytes(length, mask) + length);
        frame.put((byte) (FINAL | opcode));
        if (length < TWO_BYTES) {
            frame.put((byte) (marked | length));
        } else if (length <= 0xffff) {
            frame.put((byte) (marked | TWO_BYTES)).putShort((short) length);
        } else {
            frame.put((byte) (marked | EIGHT_BYTES)).putLong(length);
        }
        if (mask != 0) {
            frame.putInt(mask);
        }
        int start = frame.position();
        frame.put(payload);
        if (mask != 0) {
            mask(frame.array(), start, length, mask, 0);
        }
        return frame.array();
    }

    /** A frame that ends the connection for a reason of RFC 6455, section 7.4. */
    static byte[] close(int reason, int mask) {
        return encode(CLOSE, ByteBuffer.allocate(2).putShort((short) reason).flip(), mask);
    }

    /**
     * Masks or unmasks in place.
     *
     * @param phase how many bytes of the payload come before {@code offset}
     */
    static void mask(byte[] bytes, int offset, int length, int mask, int phase) {
        int turned = Integer.rotateLeft(mask, 8 * (phase & 3));
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.BIG_ENDIAN);
        long wide = (long) turned << 32 | turned & 0xffff_ffffL;
        int at = offset;
        int end = offset + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            buffer.putLong(at, buffer.getLong(at) ^ wide);
        }
        for (int i = 0; at < end; at++, i++) {
            bytes[at] ^= (byte) (turned >> 24 - 8 * (i & 3));
        }
    }

    private static int headerBytes(int length, int mask) {
        int extended = length < TWO_BYTES ? 0 : length <= 0xffff ? 2 : 8;
        return 2 + extended + (mask == 0 ? 0 : 4);
    }
}
