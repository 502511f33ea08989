package io.kairos.core.link.actor;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of one owner one after the other: on the calling thread when nothing runs, otherwise on the thread that
 * is running the others. So what only tasks touch needs no lock, and in the usual case a packet is handled without a
 * change of threads.
 *
 * <p>A task that calls back into its own mailbox only queues; nothing nests.
 *
 * <p>Threads: any.
 */
public final class Mailbox {

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final int limit;
    private final Runnable onFailure;

    /**
     * @param limit how many tasks from outside may wait
     * @param onFailure told when a task has failed, which is a fault of ours
     */
    public Mailbox(int limit, Runnable onFailure) {
        this.limit = limit;
        this.onFailure = onFailure;
    }

    /**
     * Takes a task that comes from outside and may be lost.
     *
     * @return false when too many wait; the task is dropped
     */
    public boolean offer(Runnable task) {
        if (pending.get() >= limit) {
            return false;
        }
        run(task);
        return true;
    }

    /** Takes a task of our own (a timer, a request of the program), which is never dropped. */
    public void run(Runnable task) {
        if (pending.compareAndSet(0, 1)) {
            runSafely(task);
            if (pending.decrementAndGet() == 0) {
                return;
            }
        } else {
            waiting.add(task);
            if (pending.getAndIncrement() != 0) {
                return;
            }
        }
        drain();
    }

    private void drain() {
        do {
            runSafely(waiting.remove());
        } while (pending.decrementAndGet() != 0);
    }

    private void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("A task of a link or destination failed; the packet or call behind it is lost", e);
            onFailure.run();
        }
    }
}
