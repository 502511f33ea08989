package io.kairos.api.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Sixteen bytes that name where a packet goes: a destination, a link (its link id) or, in the transport field, the
 * next forwarding node. Prints nothing useful, so that a slip in a log is harmless; use {@link #toHex()} where a person
 * asked for it.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record DestinationHash(long high, long low) implements Comparable<DestinationHash> {

    /** Length on the wire in bytes. */
    public static final int LENGTH = 16;

    /** Takes exactly {@value #LENGTH} bytes. */
    public static DestinationHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has " + LENGTH + " bytes, got " + bytes.length);
        }
        return of(bytes, 0);
    }

    /** Takes {@value #LENGTH} bytes from {@code offset} on. */
    public static DestinationHash of(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, LENGTH);
        return new DestinationHash(buffer.getLong(), buffer.getLong());
    }

    /** Reads 32 hexadecimal digits; anything else is an {@link IllegalArgumentException} that says so. */
    public static DestinationHash parse(String hex) {
        String digits = hex.strip();
        if (digits.length() != 2 * LENGTH) {
            throw new IllegalArgumentException(
                    "a hash has " + 2 * LENGTH + " hexadecimal digits, got " + digits.length());
        }
        return of(HexFormat.of().parseHex(digits));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    /** Writes {@value #LENGTH} bytes at {@code offset}. */
    public void writeTo(byte[] target, int offset) {
        ByteBuffer.wrap(target, offset, LENGTH).putLong(high).putLong(low);
    }

    /** Thirty-two lower-case hexadecimal digits; only for people who asked, never for logs. */
    public String toHex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }

    @Override
    public int compareTo(DestinationHash other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return "DestinationHash[…]";
    }
}
