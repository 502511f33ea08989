package io.kairos.core.link.actor;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order on the threads of an executor: the callbacks of one link or destination.
 *
 * <p>Threads: any.
 */
public final class SerialQueue implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(SerialQueue.class);

    private final Executor threads;
    private final int limit;

    // ---- guarded by queue ----
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private boolean running;

    /** @param limit how many tasks from outside may wait */
    public SerialQueue(Executor threads, int limit) {
        this.threads = threads;
        this.limit = limit;
    }

    /** Whether {@link #offer} would take a task now. */
    public boolean hasRoom() {
        synchronized (queue) {
            return queue.size() < limit;
        }
    }

    /** Takes a task that comes from outside; false when too many wait. */
    public boolean offer(Runnable task) {
        synchronized (queue) {
            if (queue.size() >= limit) {
                return false;
            }
            queue.add(task);
            if (running) {
                return true;
            }
            running = true;
        }
        return start();
    }

    /** Takes a task of our own, which is never dropped. */
    @Override
    public void execute(Runnable task) {
        synchronized (queue) {
            queue.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        start();
    }

    private boolean start() {
        try {
            threads.execute(this::drain);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("No thread for a callback; it waits for the next one", e);
            synchronized (queue) {
                running = false;
            }
            return false;
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (queue) {
                task = queue.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.warn("A program's handler failed", e);
            }
        }
    }
}
