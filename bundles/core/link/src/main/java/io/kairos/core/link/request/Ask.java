package io.kairos.core.link.request;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.PendingRequest;
import io.kairos.api.time.Timers;
import io.kairos.core.link.actor.SerialQueue;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** A request that was sent. Threads: any; ends once. */
final class Ask implements PendingRequest {

    private final byte[] id;
    private final long askedAt;
    private final SerialQueue callbacks;
    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Status status = Status.SENT;
    private volatile DoubleSupplier progress = () -> 0;
    private volatile Timers.Timer timer;

    Ask(byte[] id, long askedAt, SerialQueue callbacks) {
        this.id = id;
        this.askedAt = askedAt;
        this.callbacks = callbacks;
    }

    byte[] id() {
        return id;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public CompletionStage<Response> response() {
        return response;
    }

    @Override
    public double progress() {
        return status == Status.READY ? 1 : progress.getAsDouble();
    }

    void delivered() {
        if (status == Status.SENT) {
            status = Status.DELIVERED;
        }
    }

    /** A long response has begun to arrive; from now on its transfer watches the time. */
    void receiving(DoubleSupplier share) {
        progress = share;
        status = Status.RECEIVING;
        timer(null);
    }

    /** Replaces the time-out. */
    void timer(Timers.Timer next) {
        Timers.Timer last = timer;
        timer = next;
        if (last != null) {
            last.cancel();
        }
        if (next != null && ended.get()) {
            next.cancel();
        }
    }

    void ready(Object value, Optional<Object> metadata, long now) {
        if (ended.compareAndSet(false, true)) {
            status = Status.READY;
            timer(null);
            Answer answer = new Answer(value, metadata, Duration.ofNanos(now - askedAt));
            callbacks.execute(() -> response.complete(answer));
        }
    }

    void failed(String why) {
        if (ended.compareAndSet(false, true)) {
            status = Status.FAILED;
            timer(null);
            MeshException failure = new MeshException(
                    Failure.Kind.PEER,
                    why,
                    "Ask again; a destination gives no answer to paths it does not know and to identities it does"
                            + " not allow.");
            callbacks.execute(() -> response.completeExceptionally(failure));
        }
    }

    /**
     * An answer.
     *
     * @param value a MessagePack value or the data of a file
     * @param metadata what came with a file
     * @param roundTrip time between question and answer
     */
    record Answer(Object value, Optional<Object> metadata, Duration roundTrip) implements Response {}
}
