package io.kairos.test.conformance;

import io.kairos.core.link.actor.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What runs the work of one node: threads as in a real one, or the thread that steps its clock. */
final class NodeThreads implements AutoCloseable {

    private static final int VERIFIERS = 2;

    private final List<ExecutorService> pools = new ArrayList<>();
    private final boolean stepped;
    private final Executor tables;
    private final Executor workers;
    private final Executor storage;
    private final Workers linkWorkers;

    NodeThreads(boolean stepped, NodeClock time) {
        this.stepped = stepped;
        if (stepped) {
            Executor later = task -> time.timers().after(Duration.ZERO, task);
            tables = Runnable::run;
            workers = Runnable::run;
            storage = Runnable::run;
            linkWorkers = new Workers(later, later);
        } else {
            tables = pool("tables", 1);
            workers = pool("verify", VERIFIERS);
            storage = pool("store", 1);
            linkWorkers = Workers.start();
        }
    }

    Executor tables() {
        return tables;
    }

    Executor workers() {
        return workers;
    }

    int verifiers() {
        return stepped ? 1 : VERIFIERS;
    }

    Executor storage() {
        return storage;
    }

    Workers linkWorkers() {
        return linkWorkers;
    }

    @Override
    public void close() {
        linkWorkers.close();
        pools.forEach(ExecutorService::shutdownNow);
    }

    private Executor pool(String job, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "kairos-bridge-" + job);
            thread.setDaemon(true);
            return thread;
        });
        pools.add(pool);
        return pool;
    }
}
