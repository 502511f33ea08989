package io.kairos.admin.roles;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.karaf.features.DeploymentEvent;
import org.apache.karaf.features.DeploymentListener;

/** Waits for the container, which changes features on a thread of its own and tells nobody how it went. */
final class Deployment implements DeploymentListener {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AFTERWARDS =
            Duration.ofSeconds(3); // a step of somebody else may have ended just before

    private final Lock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private int count;

    @Override
    public void deploymentEvent(DeploymentEvent event) {
        if (event == DeploymentEvent.DEPLOYMENT_FINISHED) {
            lock.lock();
            try {
                count++;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether it has become true by the end of the step. */
    boolean leadsTo(BooleanSupplier wanted) {
        lock.lock();
        try {
            int seen = count;
            long left = PATIENCE.toNanos();
            while (left > 0 && !wanted.getAsBoolean()) {
                left = ended.awaitNanos(left);
                if (count != seen) {
                    seen = count;
                    left = Math.min(left, AFTERWARDS.toNanos());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return wanted.getAsBoolean();
    }
}
