package io.kairos.transport.tcp;

import java.nio.ByteBuffer;

/**
 * Buffers for what waits to be sent, shared by all connections of one interface: an idle connection has at most a small
 * one, and all together never have more than a bound, however many neighbours stand still.
 *
 * <p>Threads: any.
 */
final class BufferPool {

    /** Buffers up to this size belong to their connection and are not counted. */
    static final int SMALL = 2_048;

    /** What a burst usually needs, and what is kept for the next one. */
    static final int USUAL = 65_536;

    private static final int KEPT = 16;

    private final long mostBytes;

    // ---- guarded by this ----
    private final ByteBuffer[] kept = new ByteBuffer[KEPT];
    private int keptCount;
    private long takenBytes;

    /** @param mostBytes bound of all buffers above {@link #SMALL} together */
    BufferPool(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** An empty heap buffer of at least {@code bytes}, or {@code null} where the bound does not allow it. */
    ByteBuffer take(int bytes) {
        if (bytes <= SMALL) {
            return ByteBuffer.allocate(SMALL);
        }
        int size = bytes <= USUAL ? USUAL : Integer.highestOneBit(bytes - 1) << 1;
        synchronized (this) {
            if (takenBytes + size > mostBytes) {
                return null;
            }
            takenBytes += size;
            if (size == USUAL && keptCount > 0) {
                ByteBuffer buffer = kept[--keptCount];
                kept[keptCount] = null;
                return buffer.clear();
            }
        }
        return ByteBuffer.allocate(size);
    }

    /** Gives back what {@link #take} gave. */
    void give(ByteBuffer buffer) {
        if (buffer.capacity() <= SMALL) {
            return;
        }
        synchronized (this) {
            takenBytes -= buffer.capacity();
            if (buffer.capacity() == USUAL && keptCount < KEPT) {
                kept[keptCount++] = buffer;
            }
        }
    }

    synchronized long takenBytes() {
        return takenBytes;
    }
}
