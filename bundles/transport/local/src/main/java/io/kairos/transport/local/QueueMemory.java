package io.kairos.transport.local;

import java.util.concurrent.atomic.AtomicLong;

/** What all send queues of one interface take together, with a bound. Threads: any. */
final class QueueMemory {

    private final long mostBytes;
    private final AtomicLong taken = new AtomicLong();

    QueueMemory(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Whether there was room. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= mostBytes) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    long takenBytes() {
        return taken.get();
    }
}
