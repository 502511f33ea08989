package io.kairos.core.link.resource;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of all segments that are being received at the same time. Threads: any. */
public final class ReceiveBudget {

    private static final long LARGEST = 64L << 20;

    private final AtomicLong free;

    /** A quarter of the heap, at most 64 MiB. */
    public ReceiveBudget() {
        this(Math.min(LARGEST, Runtime.getRuntime().maxMemory() / 4));
    }

    ReceiveBudget(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** Takes {@code bytes} where they are free. */
    boolean take(long bytes) {
        long before = free.get();
        while (before >= bytes) {
            if (free.compareAndSet(before, before - bytes)) {
                return true;
            }
            before = free.get();
        }
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }

    /** What nobody uses now. */
    public long freeBytes() {
        return free.get();
    }
}
