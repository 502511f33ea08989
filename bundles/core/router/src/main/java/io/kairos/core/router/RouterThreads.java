package io.kairos.core.router;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a running router: one owner of the tables, a few that check signatures, one for the disk. */
final class RouterThreads implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;
    private static final long CLOSE_MILLIS = 900;

    private final int verifiers;
    private final ExecutorService tables;
    private final ExecutorService workers;
    private final ExecutorService storage;

    RouterThreads(String network, int verifiers) {
        this.verifiers = verifiers;
        this.tables = pool(1, "kairos-router-%s-tables".formatted(network));
        this.workers = pool(verifiers, "kairos-router-%s-verify".formatted(network));
        this.storage = pool(1, "kairos-router-%s-store".formatted(network));
    }

    Executor tables() {
        return tables;
    }

    Executor workers() {
        return workers;
    }

    int verifiers() {
        return verifiers;
    }

    Executor storage() {
        return storage;
    }

    /** What was handed to the disk is finished, the rest ends at once. */
    @Override
    public void close() {
        workers.shutdownNow();
        tables.shutdown();
        storage.shutdown();
        try {
            if (!tables.awaitTermination(CLOSE_MILLIS / 3, TimeUnit.MILLISECONDS)) {
                tables.shutdownNow();
            }
            if (!storage.awaitTermination(CLOSE_MILLIS / 3, TimeUnit.MILLISECONDS)) {
                storage.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Threads that end when nothing was to do for a while: a quiet node shall not keep idle stacks. */
    private static ExecutorService pool(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(task, threads == 1 ? name : name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
