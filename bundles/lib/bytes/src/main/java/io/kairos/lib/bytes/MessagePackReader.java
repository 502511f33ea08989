package io.kairos.lib.bytes;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one MessagePack value from bytes that may be hostile; see {@link MessagePack}. */
final class MessagePackReader {

    private static final String CUT_SHORT = "MessagePack value is cut short";

    /** Larger lists grow while they are read, so that many nested ones that only claim to be large cost nothing. */
    private static final int LARGEST_RESERVED = 1024;

    private final ByteBuffer in;
    private int containers;

    MessagePackReader(ByteBuffer in) {
        this.in = in;
    }

    Object read(int depth) {
        int tag = (int) unsigned(1);
        if (tag < 0x80) {
            return (long) tag;
        } else if (tag < 0x90) {
            return map(tag & 0x0f, depth);
        } else if (tag < 0xa0) {
            return list(tag & 0x0f, depth);
        } else if (tag < 0xc0) {
            return text(tag & 0x1f);
        } else if (tag >= 0xe0) {
            return (long) (byte) tag;
        }
        return switch (tag) {
            case 0xc0 -> null;
            case 0xc2 -> false;
            case 0xc3 -> true;
            case 0xc4 -> bytes(unsigned(1));
            case 0xc5 -> bytes(unsigned(2));
            case 0xc6 -> bytes(unsigned(4));
            case 0xca -> (double) Float.intBitsToFloat((int) unsigned(4));
            case 0xcb -> Double.longBitsToDouble(unsigned(8));
            case 0xcc -> unsigned(1);
            case 0xcd -> unsigned(2);
            case 0xce -> unsigned(4);
            case 0xcf -> notNegative(unsigned(8));
            case 0xd0 -> (long) (byte) unsigned(1);
            case 0xd1 -> (long) (short) unsigned(2);
            case 0xd2 -> (long) (int) unsigned(4);
            case 0xd3 -> unsigned(8);
            case 0xd9 -> text(unsigned(1));
            case 0xda -> text(unsigned(2));
            case 0xdb -> text(unsigned(4));
            case 0xdc -> list(unsigned(2), depth);
            case 0xdd -> list(unsigned(4), depth);
            case 0xde -> map(unsigned(2), depth);
            case 0xdf -> map(unsigned(4), depth);
            default -> throw new MalformedException("MessagePack type 0x%02x is not used".formatted(tag));
        };
    }

    private static long notNegative(long value) {
        if (value < 0) {
            throw new MalformedException("MessagePack integer is above the range of 63 bits");
        }
        return value;
    }

    private long unsigned(int length) {
        require(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | in.get() & 0xff;
        }
        return value;
    }

    private byte[] bytes(long length) {
        require(length);
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private String text(long length) {
        if (length == 0) {
            return "";
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        try {
            return strict.decode(ByteBuffer.wrap(bytes(length))).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("MessagePack text is not UTF-8");
        }
    }

    private List<Object> list(long size, int depth) {
        if (size == 0) {
            return Collections.emptyList();
        }
        require(size);
        enter(depth);
        List<Object> list = new ArrayList<>((int) Math.min(size, LARGEST_RESERVED));
        for (long i = 0; i < size; i++) {
            list.add(read(depth + 1));
        }
        return list;
    }

    private Map<Object, Object> map(long size, int depth) {
        if (size == 0) {
            return Collections.emptyMap();
        }
        require(2 * size);
        enter(depth);
        Map<Object, Object> map = new LinkedHashMap<>((int) Math.min(2 * size, LARGEST_RESERVED));
        for (long i = 0; i < size; i++) {
            Object key = key(depth + 1);
            map.put(key, read(depth + 1));
        }
        return map;
    }

    /** Keys are compared with each other, which must stay cheap however they are chosen. */
    private Object key(int depth) {
        Object key = read(depth);
        if (key instanceof List || key instanceof Map) {
            throw new MalformedException("MessagePack key is a list or a map");
        }
        return key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key;
    }

    private void enter(int depth) {
        if (depth == MessagePack.MAXIMUM_DEPTH) {
            throw new MalformedException("MessagePack value is nested deeper than " + MessagePack.MAXIMUM_DEPTH);
        }
        if (++containers > MessagePack.MAXIMUM_CONTAINERS) {
            throw new MalformedException(
                    "MessagePack value has more than %d lists and maps".formatted(MessagePack.MAXIMUM_CONTAINERS));
        }
    }

    private void require(long length) {
        if (length > in.remaining()) {
            throw new MalformedException(CUT_SHORT);
        }
    }
}
