package io.kairos.core.router.request;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.time.Timers;
import io.kairos.core.router.NodeTime;
import io.kairos.core.router.Refusal;
import io.kairos.core.router.Refusals;
import io.kairos.core.router.ports.Port;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Path requests of this node: explicit ones, for which somebody waits, and re-discovery after a failure, which is slow on
 * purpose (docs/protocol/transport.md). Threads: belongs to the owner of the tables.
 */
public final class OwnRequests {

    private static final long REMEMBER_MILLIS = 120_000;
    private static final long FEWEST_MILLIS_BETWEEN = 20_000;
    private static final long SPACING_MILLIS = 500;
    private static final int MOST_QUEUED = 32;
    private static final int MOST_REMEMBERED = 16_384;
    private static final int MOST_WAITING = 16_384;

    private final NodeTime time;
    private final Timers timers;
    private final Executor tables;
    private final Executor callbacks;
    private final RequestSender sender;
    private final Refusals refusals;
    private final Map<DestinationHash, Long> asked = new HashMap<>();
    private final Map<DestinationHash, List<CompletableFuture<Boolean>>> waiting = new HashMap<>();
    private final Queue<Queued> queue = new ArrayDeque<>();
    private long nextAt;
    private int waiters;

    private record Queued(DestinationHash destination, Port except) {}

    /**
     * @param tables runs timeouts as the owner of the tables
     * @param callbacks completes stages
     */
    public OwnRequests(
            NodeTime time,
            Timers timers,
            Executor tables,
            Executor callbacks,
            RequestSender sender,
            Refusals refusals) {
        this.time = time;
        this.timers = timers;
        this.tables = tables;
        this.callbacks = callbacks;
        this.sender = sender;
        this.refusals = refusals;
    }

    /** Whether this node has asked for a path to the destination within two minutes. */
    public boolean isAsked(DestinationHash destination) {
        Long at = asked.get(destination);
        return at != null && time.millis() - at <= REMEMBER_MILLIS;
    }

    /** Asks for a path; the stage gets true when {@link #found} is called in time. */
    public void ask(DestinationHash destination, Duration timeout, CompletableFuture<Boolean> answer) {
        if (waiters >= MOST_WAITING) {
            refusals.count(Refusal.REQUEST_FULL);
            complete(answer, false);
            return;
        }
        waiting.computeIfAbsent(destination, key -> new ArrayList<>(1)).add(answer);
        waiters++;
        Timers.Timer timer = timers.after(timeout, () -> tables.execute(() -> giveUp(destination, answer)));
        CompletionStage<Boolean> unused = answer.whenComplete((found, failure) -> timer.cancel());
        send(destination, null);
    }

    /** Asks for a path on behalf of a program on this machine, everywhere but where it is. */
    void searchFor(DestinationHash destination, Port program) {
        send(destination, program);
    }

    /** A path to the destination is known now. */
    public void found(DestinationHash destination) {
        List<CompletableFuture<Boolean>> answers = waiting.remove(destination);
        if (answers != null) {
            waiters -= answers.size();
            answers.forEach(answer -> complete(answer, true));
        }
    }

    /** Whether an automatic request has to wait, because there was one within 20 s. */
    public boolean isThrottled(DestinationHash destination) {
        Long at = asked.get(destination);
        return at != null && time.millis() - at < FEWEST_MILLIS_BETWEEN;
    }

    /** Queues an automatic request; {@code except} is an interface to leave out or {@code null}. */
    public void rediscover(DestinationHash destination, Port except) {
        if (isThrottled(destination) || queue.stream().anyMatch(queued -> queued.destination.equals(destination))) {
            return;
        }
        if (queue.size() >= MOST_QUEUED) {
            refusals.count(Refusal.REDISCOVERY_FULL);
            return;
        }
        queue.add(new Queued(destination, except));
    }

    /** Sends one queued request, at most one in half a second. */
    public void run() {
        long now = time.millis();
        if (queue.isEmpty() || now < nextAt) {
            return;
        }
        nextAt = now + SPACING_MILLIS;
        Queued next = queue.remove();
        send(next.destination, next.except);
    }

    public void cull() {
        long now = time.millis();
        asked.values().removeIf(at -> now - at > REMEMBER_MILLIS);
    }

    private void send(DestinationHash destination, Port except) {
        if (asked.size() < MOST_REMEMBERED || asked.containsKey(destination)) {
            asked.put(destination, time.millis());
        }
        sender.ask(destination, except);
    }

    private void giveUp(DestinationHash destination, CompletableFuture<Boolean> answer) {
        List<CompletableFuture<Boolean>> answers = waiting.get(destination);
        if (answers != null && answers.removeIf(waiter -> waiter == answer)) {
            waiters--;
            if (answers.isEmpty()) {
                waiting.remove(destination);
            }
            complete(answer, false);
        }
    }

    private void complete(CompletableFuture<Boolean> answer, boolean found) {
        callbacks.execute(() -> answer.complete(found));
    }
}
