package io.kairos.lib.stream;

import java.io.Closeable;
import java.io.IOException;

/** A connection of bytes in both directions. One thread reads, one writes, any closes. */
public interface ByteStream extends Closeable {

    /**
     * Waits for bytes, about a second at most, so that its reader can look at the time.
     *
     * @return how many came; 0 where none came in time, -1 at the end
     */
    int read(byte[] into) throws IOException;

    /** Writes all of it; waits while the other end does not read. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** The same for a whole array. */
    default void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Ends it; whoever reads or writes is let go. Never fails. */
    @Override
    void close();
}
