package io.kairos.core.link.resource;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds the memory of all segments that are being sent at the same time, however many links ask for something. Who needs
 * a segment to go on waits for its turn; who would only like to prepare one ahead does without.
 *
 * <p>Threads: any.
 */
public final class SendBudget {

    private static final long LARGEST = 64L << 20;

    private final long total;

    // ---- guarded by this ----
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long free;

    /** A quarter of the heap, at most 64 MiB. */
    public SendBudget() {
        this(Math.min(LARGEST, Runtime.getRuntime().maxMemory() / 4));
    }

    SendBudget(long bytes) {
        total = bytes;
        free = bytes;
    }

    /** A segment that is larger than everything (metadata can make it so) goes alone. */
    private long share(long bytes) {
        return Math.min(bytes, total);
    }

    /** Takes {@code bytes} where they are free and nobody waits. */
    synchronized boolean take(long bytes) {
        if (share(bytes) > free || !queue.isEmpty()) {
            return false;
        }
        free -= share(bytes);
        return true;
    }

    /** Takes {@code bytes} now or when others have given back enough, and tells so, on any thread. */
    void await(long bytes, Runnable granted) {
        synchronized (this) {
            if (share(bytes) > free || !queue.isEmpty()) {
                queue.addLast(new Waiting(share(bytes), granted));
                return;
            }
            free -= share(bytes);
        }
        granted.run();
    }

    void giveBack(long bytes) {
        synchronized (this) {
            free += share(bytes);
        }
        for (Waiting next = nextGranted(); next != null; next = nextGranted()) {
            next.granted.run();
        }
    }

    private synchronized Waiting nextGranted() {
        Waiting first = queue.peekFirst();
        if (first == null || first.bytes > free) {
            return null;
        }
        free -= first.bytes;
        return queue.removeFirst();
    }

    /** What nobody uses now. */
    public synchronized long freeBytes() {
        return free;
    }

    /**
     * Somebody in the queue.
     *
     * @param bytes what is needed
     * @param granted told when it was taken
     */
    private record Waiting(long bytes, Runnable granted) {}
}
