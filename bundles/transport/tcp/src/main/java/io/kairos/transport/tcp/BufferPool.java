package io.kairos.transport.tcp;

/**
 * Buffers for what waits to be sent, shared by all connections of one interface: an idle connection has none, and all
 * together never have more than a bound, however many neighbours stand still.
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
    private final byte[][] kept = new byte[KEPT][];
    private int keptCount;
    private long takenBytes;

    /** @param mostBytes bound of all buffers above {@link #SMALL} together */
    BufferPool(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** A buffer of at least {@code bytes}, or {@code null} where the bound does not allow it. */
    byte[] take(int bytes) {
        if (bytes <= SMALL) {
            return new byte[SMALL];
        }
        int size = bytes <= USUAL ? USUAL : Integer.highestOneBit(bytes - 1) << 1;
        synchronized (this) {
            if (takenBytes + size > mostBytes) {
                return null;
            }
            takenBytes += size;
            if (size == USUAL && keptCount > 0) {
                byte[] buffer = kept[--keptCount];
                kept[keptCount] = null;
                return buffer;
            }
        }
        return new byte[size];
    }

    /** Gives back what {@link #take} gave. */
    void give(byte[] buffer) {
        if (buffer.length <= SMALL) {
            return;
        }
        synchronized (this) {
            takenBytes -= buffer.length;
            if (buffer.length == USUAL && keptCount < KEPT) {
                kept[keptCount++] = buffer;
            }
        }
    }

    synchronized long takenBytes() {
        return takenBytes;
    }
}
