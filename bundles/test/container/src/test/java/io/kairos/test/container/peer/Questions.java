package io.kairos.test.container.peer;

import io.kairos.api.link.Link;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One question after the other over one link, at a steady pace; each has a number that its answer repeats. */
final class Questions {

    private static final int PACE_MILLIS = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Link link;
    private final String path;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ConcurrentHashMap<Long, Future<?>> underWay = new ConcurrentHashMap<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong longestMillis = new AtomicLong();
    private volatile String lost = "";

    Questions(Link link, String path) {
        this.link = link;
        this.path = path;
        pace.scheduleAtFixedRate(this::ask, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        long number = sent.incrementAndGet();
        long start = System.nanoTime();
        try {
            underWay.put(
                    number,
                    link.request(path, number, PATIENCE)
                            .response()
                            .whenComplete((answer, fault) -> {
                                if (fault != null || !Long.toString(number).equals(String.valueOf(answer.value()))) {
                                    lost += " " + number + ":" + (fault == null ? answer.value() : fault);
                                } else {
                                    answered.incrementAndGet();
                                }
                                long millis = (System.nanoTime() - start) / 1_000_000;
                                longestMillis.accumulateAndGet(millis, Math::max);
                            })
                            .toCompletableFuture());
        } catch (RuntimeException e) { // it must not end the asking: every question that fails counts
            lost += " " + number + ":" + e;
        }
    }

    String halt() throws InterruptedException {
        pace.shutdown();
        pace.awaitTermination(1, TimeUnit.SECONDS);
        for (Future<?> answer : underWay.values()) {
            try {
                answer.get(PATIENCE.toSeconds() + 1, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                continue; // counted where it was asked
            }
        }
        return toString();
    }

    @Override
    public String toString() {
        return "sent=%d answered=%d longest=%d state=%s lost=%s"
                .formatted(sent.get(), answered.get(), longestMillis.get(), link.state(), lost);
    }
}
