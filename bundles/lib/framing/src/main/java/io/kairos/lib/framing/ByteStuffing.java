package io.kairos.lib.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Replaces the two bytes that have a meaning on the line by an escape and a substitute, and back. Whole stretches
 * without such bytes are found eight bytes at a time and copied at once: frames of encrypted packets have such a byte
 * every 128 bytes or so.
 *
 * @param boundary begins and ends frames
 * @param boundarySubstitute stands for {@code boundary} after {@code escape}
 * @param escape says that a substitute follows
 * @param escapeSubstitute stands for {@code escape} after {@code escape}
 */
record ByteStuffing(byte boundary, byte boundarySubstitute, byte escape, byte escapeSubstitute) {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EVERY_BYTE = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Index of the first {@code wanted} in {@code bytes[from, to)}, or {@code to}. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        long pattern = (wanted & 0xff) * EVERY_BYTE;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long found = zeroBytes((long) LONGS.get(bytes, at) ^ pattern);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Index of the first byte in {@code bytes[from, to)} that must be escaped, or {@code to}. */
    int indexOfSpecial(byte[] bytes, int from, int to) {
        long boundaries = (boundary & 0xff) * EVERY_BYTE;
        long escapes = (escape & 0xff) * EVERY_BYTE;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long found = zeroBytes(word ^ boundaries) | zeroBytes(word ^ escapes);
            if (found != 0) {
                return at + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != boundary && bytes[at] != escape) {
            at++;
        }
        return at;
    }

    /** Writes {@code in[from, to)} escaped to {@code out}, which has room for twice as much. */
    void stuff(byte[] in, int from, int to, ByteBuffer out) {
        int read = from;
        while (true) {
            int special = indexOfSpecial(in, read, to);
            out.put(in, read, special - read);
            if (special == to) {
                return;
            }
            out.put(escape).put(in[special] == boundary ? boundarySubstitute : escapeSubstitute);
            read = special + 1;
        }
    }

    /**
     * Undoes {@link #stuff} in place. An escape that no substitute follows stays as it is, as the reference
     * implementation has it.
     *
     * @return end of the result, which begins at {@code from}
     */
    int unstuff(byte[] bytes, int from, int to) {
        int read = indexOf(escape, bytes, from, to);
        int write = read;
        while (read < to) {
            byte next = read + 1 < to ? bytes[read + 1] : boundary;
            boolean isEscaped = next == boundarySubstitute || next == escapeSubstitute;
            bytes[write++] = next == boundarySubstitute ? boundary : escape;
            read += isEscaped ? 2 : 1;
            int stretchEnd = indexOf(escape, bytes, read, to);
            System.arraycopy(bytes, read, bytes, write, stretchEnd - read);
            write += stretchEnd - read;
            read = stretchEnd;
        }
        return write;
    }

    /** What {@code substitute} stands for after an escape; any other byte stands for itself. */
    byte meaningOf(byte substitute) {
        if (substitute == boundarySubstitute) {
            return boundary;
        }
        return substitute == escapeSubstitute ? escape : substitute;
    }

    /**
     * Sets the high bit of the lowest byte that is zero; higher bits are not to be relied on (a borrow may set the bit
     * of a byte that is one), which is why bytes are read in little-endian order.
     */
    private static long zeroBytes(long word) {
        return word - EVERY_BYTE & ~word & HIGH_BITS;
    }
}
