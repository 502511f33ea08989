package io.kairos.core.router.announce;

import io.kairos.core.router.ports.Port;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks signatures away from the receiving threads: a bounded number of workers serves the interfaces in turn, proofs of
 * links before announces. Threads: any.
 */
public final class Verifiers {

    private static final Logger LOG = LoggerFactory.getLogger(Verifiers.class);
    private static final int PROOFS = 256;
    private static final int PROOFS_TOTAL = 8192;

    private final FairQueue<Runnable> proofs = new FairQueue<>(PROOFS, PROOFS_TOTAL);
    private final FairQueue<Runnable> announces;
    private final Executor workers;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param workers runs the checks
     * @param most how many may run at the same time, at least 1
     * @param queue most announces of one interface that wait
     * @param queueTotal most announces of all interfaces that wait
     */
    public Verifiers(Executor workers, int most, int queue, int queueTotal) {
        this.workers = workers;
        this.most = Math.max(1, most);
        this.announces = new FairQueue<>(queue, queueTotal);
    }

    /** Queues the check of an announce or of something as patient; false where there is no room. */
    public boolean offer(Port from, Runnable check) {
        return announces.offer(from, check) && start();
    }

    /** Queues the check of a proof for which a link waits; false where there is no room. */
    public boolean offerProof(Port from, Runnable check) {
        return proofs.offer(from, check) && start();
    }

    /** How many checks wait. */
    public int waiting() {
        return proofs.size() + announces.size();
    }

    private boolean start() {
        int busy;
        do {
            busy = running.get();
            if (busy >= most) {
                return true;
            }
        } while (!running.compareAndSet(busy, busy + 1));
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException stopped) {
            running.decrementAndGet();
        }
        return true;
    }

    private void drain() {
        boolean served = true;
        while (served) {
            served = serve(proofs) || serve(announces);
        }
        running.decrementAndGet();
        if (proofs.isReady() || announces.isReady()) { // queued between the last look and the line before
            start();
        }
    }

    /** Runs the next check; false where none can be run. */
    private static boolean serve(FairQueue<Runnable> queue) {
        FairQueue.Turn<Runnable> turn = queue.poll();
        if (turn == null) {
            return false;
        }
        try {
            turn.entry().run();
        } catch (RuntimeException e) {
            LOG.error("A signature check failed; its packet is lost, please report this", e);
        } finally {
            queue.done(turn);
        }
        return true;
    }
}
