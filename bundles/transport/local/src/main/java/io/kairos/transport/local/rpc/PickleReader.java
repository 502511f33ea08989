package io.kairos.transport.local.rpc;

import io.kairos.api.failure.MalformedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the calls of programs up to RNS 1.3.3, which are Python pickles, as plain data: a closed list of opcodes is
 * understood, those that one dictionary of text, bytes, numbers, truth values and None consists of. Every other opcode,
 * above all those that name or make an object, refuses the whole call; nothing that is read can become anything but one of
 * these values.
 *
 * <p>Bounds: {@value #MOST_OPCODES} opcodes, {@value #MOST_VALUES} values on the stack or remembered, and nothing is
 * reserved for a length that the remaining bytes cannot hold. Dictionaries do not nest.
 */
final class PickleReader {

    private static final int MOST_OPCODES = 512;
    private static final int MOST_VALUES = 128;
    private static final int OLDEST_PROTOCOL = 2;
    private static final int NEWEST_PROTOCOL = 5;

    /** Separates what belongs to the next opcode that takes many values. */
    private static final Object MARK = new Object();

    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new LinkedHashMap<>();

    private PickleReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether bytes begin as a pickle does: a MessagePack map never begins with 80. */
    static boolean isPickle(byte[] bytes) {
        return bytes.length > 1
                && (bytes[0] & 0xff) == 0x80
                && bytes[1] >= OLDEST_PROTOCOL
                && bytes[1] <= NEWEST_PROTOCOL;
    }

    /**
     * Reads a dictionary.
     *
     * @throws MalformedException for anything else
     */
    static Map<?, ?> read(byte[] bytes) {
        if (!isPickle(bytes)) {
            throw new MalformedException("not a pickle of protocol 2 to 5");
        }
        return new PickleReader(bytes).read();
    }

    private Map<?, ?> read() {
        in.position(2);
        for (int i = 0; i < MOST_OPCODES; i++) {
            int opcode = u1();
            if (opcode == '.') {
                if (in.hasRemaining() || stack.size() != 1 || !(stack.get(0) instanceof Map<?, ?> call)) {
                    throw new MalformedException("the pickle is not exactly one dictionary");
                }
                return call;
            }
            step(opcode);
            if (stack.size() > MOST_VALUES || memo.size() > MOST_VALUES) {
                throw new MalformedException("the pickle has too many values");
            }
        }
        throw new MalformedException("the pickle has too many opcodes");
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x95 -> frame();
            case 'N' -> stack.add(null);
            case 0x88 -> stack.add(true);
            case 0x89 -> stack.add(false);
            case 'J' -> stack.add((long) (int) number(4));
            case 'K' -> stack.add((long) u1());
            case 'M' -> stack.add(number(2));
            case 0x8a -> stack.add(longNumber(u1()));
            case 'G' -> stack.add(real());
            case 0x8c -> stack.add(text(u1()));
            case 'X' -> stack.add(text(number(4)));
            case 'C' -> stack.add(bytes(u1()));
            case 'B' -> stack.add(bytes(number(4)));
            case '}' -> stack.add(new LinkedHashMap<>());
            case '(' -> stack.add(MARK);
            case 's' -> setItem();
            case 'u' -> setItems();
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'q' -> memo.put((long) u1(), top());
            case 'r' -> memo.put(number(4), top());
            case 'h' -> recall(u1());
            case 'j' -> recall(number(4));
            default -> throw new MalformedException("pickle opcode 0x%02x is refused".formatted(opcode));
        }
    }

    /** A hint how much follows; it must be true. */
    private void frame() {
        if (require(8).getLong() > in.remaining()) {
            throw new MalformedException("the pickle is cut short");
        }
    }

    private void setItem() {
        Object value = plain(pop());
        Object key = pop();
        put(top(), key, value);
    }

    private void setItems() {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 1 || (stack.size() - mark) % 2 == 0) {
            throw new MalformedException("the pickle's dictionary is not made of pairs");
        }
        for (int i = mark + 1; i < stack.size(); i += 2) {
            put(stack.get(mark - 1), stack.get(i), plain(stack.get(i + 1)));
        }
        stack.subList(mark, stack.size()).clear();
    }

    @SuppressWarnings("unchecked") // maps are made here alone
    private static void put(Object target, Object key, Object value) {
        if (!(target instanceof Map) || !(key instanceof String)) {
            throw new MalformedException("the pickle sets something else than a named value of a dictionary");
        }
        ((Map<Object, Object>) target).put(key, value);
    }

    /** A value of a call: no dictionary, which also keeps a dictionary from containing itself. */
    private static Object plain(Object value) {
        if (value == MARK || value instanceof Map) {
            throw new MalformedException("the pickle nests");
        }
        return value;
    }

    private void recall(long index) {
        if (!memo.containsKey(index)) {
            throw new MalformedException("the pickle refers to nothing");
        }
        stack.add(memo.get(index));
    }

    private Object top() {
        Object top = stack.isEmpty() ? MARK : stack.get(stack.size() - 1);
        if (top == MARK) {
            throw new MalformedException("the pickle's stack is empty");
        }
        return top;
    }

    private Object pop() {
        Object top = top();
        stack.remove(stack.size() - 1);
        return top;
    }

    private int u1() {
        return require(1).get() & 0xff;
    }

    /** Unsigned, of two or four bytes. */
    private long number(int bytes) {
        require(bytes);
        return bytes == 2 ? in.getShort() & 0xffff : in.getInt() & 0xffff_ffffL;
    }

    /** Two's complement of up to eight bytes; none at all is 0. */
    private long longNumber(int length) {
        if (length > Long.BYTES) {
            throw new MalformedException("the pickle's number is too large");
        }
        byte[] raw = bytes(length);
        long value = length > 0 && raw[length - 1] < 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | raw[i] & 0xff;
        }
        return value;
    }

    private double real() {
        return Double.longBitsToDouble(Long.reverseBytes(require(8).getLong()));
    }

    private byte[] bytes(long length) {
        require(length);
        byte[] raw = new byte[(int) length];
        in.get(raw);
        return raw;
    }

    private String text(long length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(length)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("the pickle's text is not UTF-8");
        }
    }

    private ByteBuffer require(long length) {
        if (length > in.remaining()) {
            throw new MalformedException("the pickle is cut short");
        }
        return in;
    }
}
