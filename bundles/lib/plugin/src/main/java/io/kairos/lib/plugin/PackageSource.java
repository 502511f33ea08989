package io.kairos.lib.plugin;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of a package that can be read anywhere: a file, or memory. */
public interface PackageSource {

    /** All bytes. */
    long size() throws IOException;

    /**
     * Reads from a position on.
     *
     * @return how many bytes were put into {@code into}, at least one; -1 at the end
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** A package in memory; the array must not change. */
    static PackageSource of(byte[] bytes) {
        return new PackageSource() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(ByteBuffer into, long position) {
                if (position >= bytes.length) {
                    return -1;
                }
                int count = (int) Math.min(into.remaining(), bytes.length - position);
                into.put(bytes, (int) position, count);
                return count;
            }
        };
    }
}
