package io.kairos.core.link.actor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that may block, so that receiving threads never do. Two pools, because a handler of a program may take as
 * long as it likes and must not hold up transfers.
 *
 * @param jobs key agreements, compression, files; short-lived work of our own
 * @param handlers whatever programs do in their handlers
 */
public record Workers(Executor jobs, Executor handlers) implements AutoCloseable {

    private static final int LARGEST_QUEUE = 4_096;
    private static final int HANDLER_THREADS = 32;
    private static final int IDLE_SECONDS = 10;
    private static final int GRACE_MILLIS = 250;

    /** Pools of a running node. */
    public static Workers start() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Workers(pool("job", Math.max(2, processors)), pool("handler", HANDLER_THREADS));
    }

    private static ExecutorService pool(String job, int threads) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LARGEST_QUEUE), task -> {
                    Thread thread = new Thread(task, "kairos-link-" + job + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Ends the threads; what has not run after a quarter of a second is dropped. */
    @Override
    public void close() {
        for (Executor executor : new Executor[] {jobs, handlers}) {
            if (executor instanceof ExecutorService service) {
                end(service);
            }
        }
    }

    private static void end(ExecutorService service) {
        service.shutdown();
        try {
            if (!service.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                service.shutdownNow();
            }
        } catch (InterruptedException e) {
            service.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
