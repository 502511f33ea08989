package io.kairos.transport.local.rpc;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes answers for programs up to RNS 1.3.3 as Python pickles of protocol 3: the same values that MessagePack carries,
 * with opcodes for plain data alone.
 */
final class PickleWriter {

    private static final int DEEPEST = 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PickleWriter() {}

    /** @throws IllegalArgumentException for what is no such value, or nested too deep */
    static byte[] write(Object value) {
        PickleWriter writer = new PickleWriter();
        writer.out.write(0x80);
        writer.out.write(3);
        writer.value(value, 0);
        writer.out.write('.');
        return writer.out.toByteArray();
    }

    private void value(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested deeper than " + DEEPEST);
        }
        if (value == null) {
            out.write('N');
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0x88 : 0x89);
        } else if (value instanceof Double || value instanceof Float) {
            long bits = Double.doubleToRawLongBits(((Number) value).doubleValue());
            out.write('G');
            out.writeBytes(ByteBuffer.allocate(8).putLong(bits).array());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            integer(((Number) value).longValue());
        } else if (value instanceof String text) {
            sized('X', text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            sized('B', bytes);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] copy = new byte[buffer.remaining()];
            buffer.duplicate().get(copy);
            sized('B', copy);
        } else if (value instanceof List<?> list) {
            out.write(']');
            out.write('(');
            list.forEach(element -> value(element, depth + 1));
            out.write('e');
        } else if (value instanceof Map<?, ?> map) {
            out.write('}');
            out.write('(');
            map.forEach((key, element) -> {
                value(key, depth + 1);
                value(element, depth + 1);
            });
            out.write('u');
        } else {
            throw new IllegalArgumentException(
                    "not plain data: " + value.getClass().getName());
        }
    }

    private void integer(long value) {
        if (value == (int) value) {
            out.write('J');
            out.writeBytes(little(4).putInt((int) value).array());
        } else {
            out.write(0x8a);
            out.write(8);
            out.writeBytes(little(8).putLong(value).array());
        }
    }

    private void sized(int opcode, byte[] bytes) {
        out.write(opcode);
        out.writeBytes(little(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
