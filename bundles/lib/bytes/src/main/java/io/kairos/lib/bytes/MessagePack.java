package io.kairos.lib.bytes;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * MessagePack as Reticulum uses it (docs/protocol/packet.md): shortest integers, floats always of 64 bits, text and
 * bytes never interchangeable, maps in insertion order.
 *
 * <p>Values: {@code null}, {@link Boolean}, {@link Long} (also {@link Integer}, {@link Short} and {@link Byte} when
 * writing), {@link Double} (also {@link Float}), {@link String}, {@code byte[]}, {@link List}, {@link Map}. Map keys
 * that are {@code byte[]} are read as {@link ByteBuffer}, so that they can be looked up, and may be written as either.
 * Unsigned integers above the range of {@code long} are refused, so are extension types and keys that are lists or
 * maps.
 *
 * <p>What is read from hostile bytes is bounded: nesting by {@value #MAXIMUM_DEPTH}, lists and maps by
 * {@value #MAXIMUM_CONTAINERS}, and nothing is reserved for a length that the remaining bytes cannot hold. So it takes
 * no more memory than some thirty times the bytes and twelve megabytes; bound the bytes before.
 */
public final class MessagePack {

    /** How deep lists and maps may be nested. */
    public static final int MAXIMUM_DEPTH = 32;

    /** How many lists and maps that are not empty one value may have. */
    public static final int MAXIMUM_CONTAINERS = 65_536;

    private MessagePack() {}

    /**
     * Writes one value.
     *
     * @throws IllegalArgumentException for anything that is no MessagePack value, or nested too deep
     */
    public static byte[] pack(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(value, out, 0);
        return out.toByteArray();
    }

    /** Reads exactly one value; anything left over is refused. Otherwise as {@link #unpack(ByteBuffer)}. */
    public static Object unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Object value = unpack(in);
        if (in.hasRemaining()) {
            throw new MalformedException(in.remaining() + " bytes follow the MessagePack value");
        }
        return value;
    }

    /**
     * Reads one value and leaves {@code in} behind it. No input causes anything but a {@link MalformedException}. Lists
     * and maps that are read are not meant to be changed; the empty ones cannot be.
     */
    public static Object unpack(ByteBuffer in) {
        return new MessagePackReader(in).read(0);
    }

    private static void write(Object value, ByteArrayOutputStream out, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new IllegalArgumentException("MessagePack value is nested deeper than " + MAXIMUM_DEPTH);
        }
        if (value == null) {
            out.write(0xc0);
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0xc3 : 0xc2);
        } else if (value instanceof Double || value instanceof Float) {
            out.write(0xcb);
            number(out, Double.doubleToRawLongBits(((Number) value).doubleValue()), 8);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            integer(out, ((Number) value).longValue());
        } else if (value instanceof String text) {
            text(out, text);
        } else if (value instanceof byte[] bytes) {
            bytes(out, bytes);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            bytes(out, copy);
        } else if (value instanceof List<?> list) {
            head(out, list.size(), 0x90, 15, -1, 0xdc, 0xdd);
            list.forEach(element -> write(element, out, depth + 1));
        } else if (value instanceof Map<?, ?> map) {
            head(out, map.size(), 0x80, 15, -1, 0xde, 0xdf);
            map.forEach((key, element) -> {
                write(key, out, depth + 1);
                write(element, out, depth + 1);
            });
        } else {
            throw new IllegalArgumentException(
                    "not a MessagePack value: " + value.getClass().getName());
        }
    }

    private static void integer(ByteArrayOutputStream out, long value) {
        if (value >= 0) {
            if (value < 0x80) {
                out.write((int) value);
            } else if (value <= 0xff) {
                tagged(out, 0xcc, value, 1);
            } else if (value <= 0xffff) {
                tagged(out, 0xcd, value, 2);
            } else if (value <= 0xffff_ffffL) {
                tagged(out, 0xce, value, 4);
            } else {
                tagged(out, 0xcf, value, 8);
            }
        } else if (value >= -32) {
            out.write((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            tagged(out, 0xd0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            tagged(out, 0xd1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            tagged(out, 0xd2, value, 4);
        } else {
            tagged(out, 0xd3, value, 8);
        }
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        head(out, utf8.length, 0xa0, 31, 0xd9, 0xda, 0xdb);
        out.writeBytes(utf8);
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        head(out, bytes.length, -1, -1, 0xc4, 0xc5, 0xc6);
        out.writeBytes(bytes);
    }

    private static void head(ByteArrayOutputStream out, int size, int fix, int fixMax, int tag8, int tag16, int tag32) {
        if (size <= fixMax) {
            out.write(fix | size);
        } else if (size <= 0xff && tag8 >= 0) {
            tagged(out, tag8, size, 1);
        } else if (size <= 0xffff) {
            tagged(out, tag16, size, 2);
        } else {
            tagged(out, tag32, size, 4);
        }
    }

    private static void tagged(ByteArrayOutputStream out, int tag, long value, int length) {
        out.write(tag);
        number(out, value, length);
    }

    private static void number(ByteArrayOutputStream out, long value, int length) {
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
    }
}
