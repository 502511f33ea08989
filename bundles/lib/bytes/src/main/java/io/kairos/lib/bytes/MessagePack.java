package io.kairos.lib.bytes;

import io.kairos.api.failure.MalformedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MessagePack as Reticulum uses it (docs/protocol/packet.md): shortest integers, floats always of 64 bits, text and bytes
 * never interchangeable, maps in insertion order.
 *
 * <p>Values: {@code null}, {@link Boolean}, {@link Long} (any {@link Number} without fraction when writing),
 * {@link Double}, {@link String}, {@code byte[]}, {@link List}, {@link Map}. Map keys that are {@code byte[]} are read as
 * {@link ByteBuffer}, so that they can be looked up, and may be written as either. Unsigned integers above the range of
 * {@code long} are refused, so are extension types.
 */
public final class MessagePack {

    private static final int MAXIMUM_DEPTH = 32;

    private MessagePack() {}

    /** Writes one value. */
    public static byte[] pack(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(value, out, 0);
        return out.toByteArray();
    }

    /** Reads exactly one value; anything left over is refused. */
    public static Object unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Object value = unpack(in);
        if (in.hasRemaining()) {
            throw new MalformedException(in.remaining() + " bytes follow the MessagePack value");
        }
        return value;
    }

    /** Reads one value and leaves {@code in} behind it. No input causes anything but a {@link MalformedException}. */
    public static Object unpack(ByteBuffer in) {
        return read(in, 0);
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
        } else if (value instanceof Number number) {
            integer(out, number.longValue());
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
            throw new IllegalArgumentException("not a MessagePack value: " + value.getClass().getName());
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

    private static Object read(ByteBuffer in, int depth) {
        if (depth > MAXIMUM_DEPTH) {
            throw new MalformedException("MessagePack value is nested deeper than " + MAXIMUM_DEPTH);
        }
        int tag = (int) unsigned(in, 1);
        if (tag < 0x80) {
            return (long) tag;
        } else if (tag < 0x90) {
            return map(in, tag & 0x0f, depth);
        } else if (tag < 0xa0) {
            return list(in, tag & 0x0f, depth);
        } else if (tag < 0xc0) {
            return text(in, tag & 0x1f);
        } else if (tag >= 0xe0) {
            return (long) (byte) tag;
        }
        return switch (tag) {
            case 0xc0 -> null;
            case 0xc2 -> false;
            case 0xc3 -> true;
            case 0xc4 -> bytes(in, unsigned(in, 1));
            case 0xc5 -> bytes(in, unsigned(in, 2));
            case 0xc6 -> bytes(in, unsigned(in, 4));
            case 0xca -> (double) Float.intBitsToFloat((int) unsigned(in, 4));
            case 0xcb -> Double.longBitsToDouble(unsigned(in, 8));
            case 0xcc -> unsigned(in, 1);
            case 0xcd -> unsigned(in, 2);
            case 0xce -> unsigned(in, 4);
            case 0xcf -> notNegative(unsigned(in, 8));
            case 0xd0 -> (long) (byte) unsigned(in, 1);
            case 0xd1 -> (long) (short) unsigned(in, 2);
            case 0xd2 -> (long) (int) unsigned(in, 4);
            case 0xd3 -> unsigned(in, 8);
            case 0xd9 -> text(in, unsigned(in, 1));
            case 0xda -> text(in, unsigned(in, 2));
            case 0xdb -> text(in, unsigned(in, 4));
            case 0xdc -> list(in, unsigned(in, 2), depth);
            case 0xdd -> list(in, unsigned(in, 4), depth);
            case 0xde -> map(in, unsigned(in, 2), depth);
            case 0xdf -> map(in, unsigned(in, 4), depth);
            default -> throw new MalformedException("MessagePack type 0x%02x is not used".formatted(tag));
        };
    }

    private static long notNegative(long value) {
        if (value < 0) {
            throw new MalformedException("MessagePack integer is above the range of 63 bits");
        }
        return value;
    }

    private static long unsigned(ByteBuffer in, int length) {
        if (in.remaining() < length) {
            throw new MalformedException("MessagePack value is cut short");
        }
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | in.get() & 0xff;
        }
        return value;
    }

    private static byte[] bytes(ByteBuffer in, long length) {
        if (length > in.remaining()) {
            throw new MalformedException("MessagePack value is cut short");
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer in, long length) {
        try {
            CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(in, length)));
            return chars.toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("MessagePack text is not UTF-8");
        }
    }

    private static List<Object> list(ByteBuffer in, long size, int depth) {
        if (size > in.remaining()) {
            throw new MalformedException("MessagePack value is cut short");
        }
        List<Object> list = new ArrayList<>((int) Math.min(size, 1024));
        for (long i = 0; i < size; i++) {
            list.add(read(in, depth + 1));
        }
        return list;
    }

    private static Map<Object, Object> map(ByteBuffer in, long size, int depth) {
        if (2 * size > in.remaining()) {
            throw new MalformedException("MessagePack value is cut short");
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        for (long i = 0; i < size; i++) {
            Object key = read(in, depth + 1);
            map.put(key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key, read(in, depth + 1));
        }
        return map;
    }
}
