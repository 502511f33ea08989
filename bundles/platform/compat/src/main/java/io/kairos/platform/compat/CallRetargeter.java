package io.kairos.platform.compat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Points static calls in a class file at another class with the same methods.
 *
 * <p>Only the constant pool changes: the name of the new class is appended as two constants, and every matching method
 * reference gets their index. The code itself stays as it is, so no byte code library is needed.
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

    private CallRetargeter() {}

    /**
     * Returns the changed class, or empty where there is nothing to change.
     *
     * @param calls what to replace, as {@code owner.name(arguments)result} with slashes
     * @param target internal name of the class to call in their place
     * @throws IllegalArgumentException where the bytes are no class file this code understands
     */
    static Optional<byte[]> retarget(byte[] classFile, Set<String> calls, String target) {
        Pool pool = Pool.of(classFile);
        List<Integer> matching = pool.methodsIn(calls);
        if (matching.isEmpty()) {
            return Optional.empty();
        }
        if (pool.count() + 2 > MAX_CONSTANTS) {
            throw new IllegalArgumentException("no room for two more constants");
        }
        byte[] name = target.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(classFile.length + 3 + name.length + 3);
        out.put(classFile, 0, pool.end());
        out.put((byte) UTF8).putShort((short) name.length).put(name);
        out.put((byte) CLASS).putShort((short) pool.count());
        out.put(classFile, pool.end(), classFile.length - pool.end());
        out.putShort(COUNT_AT, (short) (pool.count() + 2));
        matching.forEach(constant -> out.putShort(pool.at(constant) + 1, (short) (pool.count() + 1)));
        return Optional.of(out.array());
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

        private String call(int method) {
            int owner = at(index(method + 1));
            int nameAndType = at(index(method + 3));
            return text(index(owner + 1)) + "." + text(index(nameAndType + 1)) + text(index(nameAndType + 3));
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
