package io.kairos.core.router.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads hashes as longs and mixes them with a secret. */
public final class Fingerprints {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Fingerprints() {}

    /** Eight bytes, big-endian, without bounds beyond the array's own. */
    public static long longAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    /** Writes eight bytes, big-endian. */
    public static void putLong(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    /** Mixes two longs so that each bit of the result depends on all bits of both. */
    static long mix(long a, long b) {
        long mixed = a * 0x9e3779b97f4a7c15L;
        mixed ^= mixed >>> 32;
        mixed = (mixed + b) * 0xd6e8feb86659fd93L;
        mixed ^= mixed >>> 32;
        mixed *= 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }
}
