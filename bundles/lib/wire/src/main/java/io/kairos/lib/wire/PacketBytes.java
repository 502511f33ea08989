package io.kairos.lib.wire;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.DestinationType;
import io.kairos.api.packet.PacketType;
import io.kairos.lib.bytes.Hashes;

/**
 * Reads and writes packet headers in place, without allocating.
 *
 * <pre>
 *  offset  size  field
 *  0       1     flags         A H C T DD PP, most significant bit first
 *                              A  access code present (handled before this class)
 *                              H  0 = no transport address, 1 = transport address present
 *                              C  context flag: on an announce, a ratchet is included
 *                              T  0 = broadcast, 1 = in transport
 *                              DD destination type    PP packet type
 *  1       1     hops          0..127, increased by every node that forwards
 *  2       16    transport     next forwarding node; only when H = 1
 *  2 | 18  16    destination
 *  18 | 34 1     context       meaning of the payload
 *  19 | 35 ...   payload
 * </pre>
 *
 * <p>Specification: docs/protocol/packet.md. Test vectors: {@code PacketVectors}.
 */
public final class PacketBytes {

    /** Largest packet that every node carries, in bytes. */
    public static final int MTU = 500;

    /** Length of a header without transport address. */
    public static final int SHORT_HEADER = 19;

    /** Length of a header with transport address. */
    public static final int LONG_HEADER = 35;

    /** Shortest access code in bytes; every packet leaves room for one. */
    public static final int SHORTEST_ACCESS_CODE = 1;

    /** Largest payload that still fits when a transport address and an access code are added on the way. */
    public static final int LARGEST_PAYLOAD = MTU - LONG_HEADER - SHORTEST_ACCESS_CODE;

    /** Largest plaintext whose ciphertext to an identity (32 bytes of key, 48 of token, padding) is such a payload. */
    public static final int LARGEST_PLAINTEXT = (LARGEST_PAYLOAD - 32 - 48) / 16 * 16 - 1;

    /** Wire values of the hops byte from here on are malformed. */
    public static final int HOPS_LIMIT = 128;

    public static final int ACCESS_FLAG = 0x80;
    public static final int HEADER_FLAG = 0x40;
    public static final int CONTEXT_FLAG = 0x20;
    public static final int TRANSPORT_FLAG = 0x10;

    /** The bits of the flags that enter the packet hash: destination type and packet type. */
    public static final int TYPE_MASK = 0x0f;

    private PacketBytes() {}

    /** Whether the range holds a complete header with acceptable hops. */
    public static boolean isWellFormed(byte[] raw, int offset, int length) {
        return length >= SHORT_HEADER
                && (raw[offset + 1] & 0xff) < HOPS_LIMIT
                && (length >= LONG_HEADER || (raw[offset] & HEADER_FLAG) == 0);
    }

    /** Whether a packet without transport address keeps to the MTU with so many bytes of payload. */
    public static boolean fits(int payloadBytes, int mtu) {
        return payloadBytes <= mtu - SHORT_HEADER;
    }

    /** Refuses what {@link #isWellFormed} does not accept. */
    public static void check(byte[] raw) {
        if (!isWellFormed(raw, 0, raw.length)) {
            throw new MalformedException("not a packet: %d bytes".formatted(raw.length));
        }
    }

    public static boolean hasTransport(byte[] raw, int offset) {
        return (raw[offset] & HEADER_FLAG) != 0;
    }

    /** Bits of the packet type, as in {@link PacketType}. */
    public static int type(byte[] raw, int offset) {
        return raw[offset] & 0b11;
    }

    /** Bits of the destination type, as in {@link DestinationType}. */
    public static int destinationType(byte[] raw, int offset) {
        return raw[offset] >> 2 & 0b11;
    }

    public static int hops(byte[] raw, int offset) {
        return raw[offset + 1] & 0xff;
    }

    /** Length of the header including the context byte. */
    public static int headerLength(byte[] raw, int offset) {
        return hasTransport(raw, offset) ? LONG_HEADER : SHORT_HEADER;
    }

    public static int context(byte[] raw, int offset) {
        return raw[offset + headerLength(raw, offset) - 1] & 0xff;
    }

    /** The transport address; only where {@link #hasTransport}. */
    public static DestinationHash transport(byte[] raw, int offset) {
        return DestinationHash.of(raw, offset + 2);
    }

    /** Index of the destination hash. */
    public static int destinationOffset(byte[] raw, int offset) {
        return offset + (hasTransport(raw, offset) ? 18 : 2);
    }

    public static DestinationHash destination(byte[] raw, int offset) {
        return DestinationHash.of(raw, destinationOffset(raw, offset));
    }

    /**
     * The packet hash, which is the same along the whole path: SHA-256 of the type bits, the destination, the context
     * and the payload.
     *
     * @param out receives 32 bytes at {@code outOffset}
     */
    public static void hash(byte[] raw, int offset, int length, byte[] out, int outOffset) {
        int from = destinationOffset(raw, offset);
        Hashes.sha256((byte) (raw[offset] & TYPE_MASK), raw, from, offset + length - from, out, outOffset);
    }

    /** The packet hash as a new array. */
    public static byte[] hash(byte[] raw) {
        byte[] out = new byte[Hashes.FULL];
        hash(raw, 0, raw.length, out, 0);
        return out;
    }

    /**
     * A HEADER_1 packet with hops 0.
     *
     * @param flags context flag, destination type and packet type bits
     */
    public static byte[] build(int flags, DestinationHash destination, int context, byte[] data) {
        byte[] raw = new byte[SHORT_HEADER + data.length];
        writeHeader(raw, flags, destination, context);
        System.arraycopy(data, 0, raw, SHORT_HEADER, data.length);
        return raw;
    }

    /**
     * An announce that is passed on: it names the node through which it came, so it has a transport address from the
     * start. Every other packet is built without one and gets it from {@link #withTransport} when its path is known.
     *
     * @param flags as for {@link #build}
     * @throws IllegalArgumentException where it is no announce or the node is missing
     */
    public static byte[] buildInTransport(
            int flags, DestinationHash transport, DestinationHash destination, int hops, int context, byte[] data) {
        if ((flags & 0b11) != PacketType.ANNOUNCE.bits()) {
            throw new IllegalArgumentException("only announces are built with a transport address");
        }
        if (transport == null) {
            throw new IllegalArgumentException("a transport address is missing");
        }
        byte[] raw = new byte[LONG_HEADER + data.length];
        raw[0] = (byte) (HEADER_FLAG | TRANSPORT_FLAG | flags);
        raw[1] = (byte) hops;
        transport.writeTo(raw, 2);
        destination.writeTo(raw, 18);
        raw[34] = (byte) context;
        System.arraycopy(data, 0, raw, LONG_HEADER, data.length);
        return raw;
    }

    /** Writes a HEADER_1 header with hops 0 to the first {@value #SHORT_HEADER} bytes. */
    public static void writeHeader(byte[] raw, int flags, DestinationHash destination, int context) {
        raw[0] = (byte) flags;
        raw[1] = 0;
        destination.writeTo(raw, 2);
        raw[18] = (byte) context;
    }

    /** Flags of a packet without transport address. */
    public static int flags(PacketType type, DestinationType destinationType) {
        return destinationType.bits() << 2 | type.bits();
    }

    /**
     * A copy with a transport address in front, as originators and repeaters make it: header type 1, transport type 1,
     * context flag kept only where asked.
     */
    public static byte[] withTransport(
            byte[] raw, int length, DestinationHash transport, int hops, boolean keepContextFlag) {
        int from = destinationOffset(raw, 0);
        byte[] out = new byte[18 + length - from];
        int contextFlag = keepContextFlag ? raw[0] & CONTEXT_FLAG : 0;
        out[0] = (byte) (HEADER_FLAG | TRANSPORT_FLAG | contextFlag | raw[0] & TYPE_MASK);
        out[1] = (byte) hops;
        transport.writeTo(out, 2);
        System.arraycopy(raw, from, out, 18, length - from);
        return out;
    }
}
