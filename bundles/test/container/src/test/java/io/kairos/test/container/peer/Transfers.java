package io.kairos.test.container.peer;

import io.kairos.api.link.Endpoints;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceOptions;
import io.kairos.api.link.ResourceTransfer.Status;
import io.kairos.api.packet.DestinationHash;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resources one after the other over one link, so that one is always under way between {@link #begin} and {@link #end}. */
final class Transfers {

    private static final int PATIENCE_SECONDS = 60;
    private static final int TRIAL_SECONDS = 8;

    /** Whoever misses the proof of a resource asks for it again after ten seconds, as the protocol has it. */
    private static final int REST_SECONDS = 16;

    private final Endpoints endpoints;
    private final DestinationHash to;
    private volatile Link link; // written by the thread that sends
    private volatile boolean going;
    private volatile CompletableFuture<String> done;

    Transfers(Endpoints endpoints, DestinationHash to) {
        this.endpoints = endpoints;
        this.to = to;
    }

    /** Returns when one has arrived and the next is under way. */
    void begin(int bytes) {
        going = true;
        CompletableFuture<Void> first = new CompletableFuture<>();
        done = CompletableFuture.supplyAsync(() -> run(bytes, first));
        first.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The one under way gets a while to end; a link that is dead is not waited for as long as the protocol would. */
    String end() throws ExecutionException, InterruptedException, TimeoutException {
        going = false;
        try {
            return done.get(REST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException dead) {
            link.close();
            return done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private String run(int bytes, CompletableFuture<Void> first) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        int arrived = 0;
        String broken = "";
        do {
            boolean counts = first.isDone();
            String problem = sendOne(content, counts ? PATIENCE_SECONDS : TRIAL_SECONDS);
            if (counts && problem.isEmpty()) {
                arrived++;
            } else if (counts) {
                broken = problem;
            } else if (problem.isEmpty()) {
                first.complete(null);
            } else if (link != null) {
                link.close(); // what an earlier replacement has broken is not this one's
            }
        } while (going && broken.isEmpty());
        return "arrived=" + arrived + " broken=" + broken;
    }

    /** Empty where it has arrived, otherwise why not. */
    private String sendOne(byte[] content, int seconds) {
        try {
            if (link == null || link.state() == Link.State.CLOSED) {
                link = endpoints.connect(to).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            Status status = link.send(ResourceData.of(content), new ResourceOptions(Optional.empty(), false))
                    .outcome()
                    .toCompletableFuture()
                    .get(seconds, TimeUnit.SECONDS);
            return status == Status.COMPLETE ? "" : status.toString();
        } catch (ExecutionException | TimeoutException | InterruptedException | RuntimeException e) {
            return e.toString();
        }
    }
}
