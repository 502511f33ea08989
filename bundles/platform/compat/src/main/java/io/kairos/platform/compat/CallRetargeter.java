package io.kairos.platform.compat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Points static calls in a class file at another class with the same methods.
 *
 * <p>Only the constant pool changes: the name of the new class is appended as two constants, and every matching method
 * reference gets their index, and another description of its arguments where that is asked for. The code itself stays as it is, so no byte code library is needed.
 *
 * <pre>
 * magic 4 | version 4 | count 2 | constant 1 … constant count-1 | rest of the class
 * </pre>
 *
 * Java Virtual Machine Specification, sections 4.1 and 4.4.
 */
final class CallRetargeter {

    private static final int COUNT_AT = 8;
    private static final int POOL_AT = 10;
    private static final int MAX_CONSTANTS = 0xFFFF;

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private CallRetargeter() {}

    /**
     * Returns the changed class, or empty where there is nothing to change.
     *
     * @param calls what to replace, as {@code owner.name(arguments)result} with slashes
     * @param target internal name of the class to call in their place
     * @throws IllegalArgumentException where the bytes are no class file this code understands
     */
    static Optional<byte[]> retarget(byte[] classFile, Set<String> calls, String target) {
        Map<String, String> same = new TreeMap<>();
        calls.forEach(call -> same.put(call, call.substring(call.indexOf('('))));
        return retarget(classFile, same, target);
    }

    /**
     * The same for methods whose arguments the new class knows by a more general type: where the caller hands over what is a
     * {@code Foo}, the new method may take an {@code Object}.
     *
     * @param calls what to replace, with the arguments and the result of the method to call in its place
     */
    static Optional<byte[]> retarget(byte[] classFile, Map<String, String> calls, String target) {
        Pool pool = Pool.of(classFile);
        List<Integer> matching = pool.methodsIn(calls.keySet());
        if (matching.isEmpty()) {
            return Optional.empty();
        }
        if (pool.count() + 2 + 2 * matching.size() > MAX_CONSTANTS) {
            throw new IllegalArgumentException("no room for more constants");
        }
        ByteArrayOutputStream added = new ByteArrayOutputStream();
        text(added, target);
        number(added, CLASS, pool.count());
        int count = pool.count() + 2;
        byte[] old = classFile.clone();
        ByteBuffer changed = ByteBuffer.wrap(old);
        for (int constant : matching) {
            int at = pool.at(constant);
            String type = calls.get(pool.call(at));
            changed.putShort(at + 1, (short) (pool.count() + 1));
            if (!type.equals(pool.type(at))) {
                text(added, type);
                number(added, NAME_AND_TYPE, pool.name(at));
                added.write(count >> 8);
                added.write(count);
                changed.putShort(at + 3, (short) (count + 1));
                count += 2;
            }
        }
        changed.putShort(COUNT_AT, (short) count);
        ByteBuffer out = ByteBuffer.allocate(old.length + added.size());
        out.put(old, 0, pool.end()).put(added.toByteArray()).put(old, pool.end(), old.length - pool.end());
        return Optional.of(out.array());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, UTF8, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int tag, int number) {
        out.write(tag);
        out.write(number >> 8);
        out.write(number);
    }

    /** Where each constant begins. */
    private record Pool(ByteBuffer file, List<Integer> offsets, int end) {

        static Pool of(byte[] classFile) {
            ByteBuffer file = ByteBuffer.wrap(classFile);
            try {
                List<Integer> offsets = new ArrayList<>();
                offsets.add(-1); // constants are numbered from 1
                int count = Short.toUnsignedInt(file.getShort(COUNT_AT));
                int at = POOL_AT;
                while (offsets.size() < count) {
                    offsets.add(at);
                    int tag = file.get(at);
                    if (tag == 5 || tag == 6) {
                        offsets.add(-1); // long and double count twice
                    }
                    at += size(file, at, tag);
                }
                return new Pool(file, offsets, at);
            } catch (IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("class file cut short", e);
            }
        }

        private static int size(ByteBuffer file, int at, int tag) {
            return switch (tag) {
                case UTF8 -> 3 + Short.toUnsignedInt(file.getShort(at + 1));
                case CLASS, 8, 16, 19, 20 -> 3;
                case 15 -> 4;
                case 3, 4, 9, METHOD, 11, 12, 17, 18 -> 5;
                case 5, 6 -> 9;
                default -> throw new IllegalArgumentException("unknown constant tag " + tag);
            };
        }

        int count() {
            return offsets.size();
        }

        int at(int constant) {
            return offsets.get(constant);
        }

        /** The method references that are one of {@code calls}. */
        List<Integer> methodsIn(Set<String> calls) {
            List<Integer> found = new ArrayList<>();
            for (int constant = 1; constant < count(); constant++) {
                int at = at(constant);
                if (at >= 0 && file.get(at) == METHOD && calls.contains(call(at))) {
                    found.add(constant);
                }
            }
            return found;
        }

        String call(int method) {
            int owner = at(index(method + 1));
            return text(index(owner + 1)) + "." + text(name(method)) + type(method);
        }

        /** Where the name of the method is. */
        int name(int method) {
            return index(at(index(method + 3)) + 1);
        }

        /** Arguments and result. */
        String type(int method) {
            return text(index(at(index(method + 3)) + 3));
        }

        private int index(int at) {
            return Short.toUnsignedInt(file.getShort(at));
        }

        private String text(int constant) {
            int at = at(constant);
            return new String(file.array(), at + 3, index(at + 1), StandardCharsets.UTF_8);
        }
    }
}
