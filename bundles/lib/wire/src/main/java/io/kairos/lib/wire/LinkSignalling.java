package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;

/**
 * The three bytes in a link request and in its proof that say how the link is encrypted and how large its packets are.
 *
 * <pre>
 *  bit  23..21  mode   1 = AES-256-CBC, the only one in use
 *  bit  20..0   MTU    bytes; big-endian
 * </pre>
 *
 * <p>Specification: docs/protocol/link.md. Test vectors: {@code LinkVectors}.
 *
 * @param mode 0 to 7
 * @param mtu largest packet in bytes; above 21 bits the upper ones are lost on the wire
 */
public record LinkSignalling(int mode, int mtu) {

    /** Length on the wire in bytes. */
    public static final int LENGTH = 3;

    /** The mode in use: AES-256-CBC. */
    public static final int AES_256_CBC = 1;

    /** What a request or proof without signalling means. */
    public static final LinkSignalling ABSENT = new LinkSignalling(AES_256_CBC, PacketBytes.MTU);

    private static final int MTU_MASK = 0x1f_ffff;
    private static final int MODE_SHIFT = 21;

    public LinkSignalling {
        if (mode < 0 || mode > 7) {
            throw new IllegalArgumentException("a link mode has three bits, got " + mode);
        }
    }

    /** Reads {@value #LENGTH} bytes at {@code offset}. */
    public static LinkSignalling decode(byte[] in, int offset) {
        if (in.length - offset < LENGTH) {
            throw new MalformedException("link signalling is cut short");
        }
        int value = (in[offset] & 0xff) << 16 | (in[offset + 1] & 0xff) << 8 | in[offset + 2] & 0xff;
        return new LinkSignalling(value >>> MODE_SHIFT, value & MTU_MASK);
    }

    public byte[] encode() {
        int value = mtu & MTU_MASK | mode << MODE_SHIFT;
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** The same mode with another MTU. */
    public LinkSignalling withMtu(int bytes) {
        return new LinkSignalling(mode, bytes);
    }
}
