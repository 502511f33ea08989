package io.kairos.admin.roles;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kairos.test.kit.WaitFor;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.karaf.features.DeploymentEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeploymentTest {

    private final Deployment deployment = new Deployment();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void whatIsDoneAlreadyIsNotWaitedFor() {
        done.set(true);
        assertTrue(deployment.leadsTo(done::get));
    }

    @Test
    void theEndOfAStepEndsTheWait() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> deployment.leadsTo(done::get));
        deployment.deploymentEvent(DeploymentEvent.DEPLOYMENT_STARTED);
        done.set(true);
        deployment.deploymentEvent(DeploymentEvent.DEPLOYMENT_FINISHED);
        assertTrue(waiting.get());
    }

    @Test
    void aStepThatEndsWithoutItIsAFailureSoonAfterwards() throws Exception {
        CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> deployment.leadsTo(done::get));
        WaitFor.condition("it gives up", Duration.ofSeconds(20), () -> {
            deployment.deploymentEvent(DeploymentEvent.DEPLOYMENT_FINISHED);
            return waiting.isDone();
        });
        assertFalse(waiting.get());
    }
}
