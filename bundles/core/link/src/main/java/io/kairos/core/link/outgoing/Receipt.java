package io.kairos.core.link.outgoing;

import io.kairos.api.link.PacketReceipt;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** The record of one packet that was sent. Threads: any; ends once. */
public final class Receipt implements PacketReceipt {

    private final byte[] hash;
    private final byte[] proverKey;
    private final long sentNanos;
    private final Executor callbacks;
    private final CompletableFuture<Status> outcome = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Status status = Status.SENT;
    private volatile Duration roundTrip = Duration.ZERO;
    private volatile Duration timeout;

    /**
     * @param hash packet hash, 32 bytes; kept
     * @param proverKey Ed25519 public key of who may prove it; {@code null} where nobody can
     * @param timeout when it has failed
     * @param callbacks where those who wait are told
     */
    public Receipt(byte[] hash, byte[] proverKey, long nowNanos, Duration timeout, Executor callbacks) {
        this.hash = hash;
        this.proverKey = proverKey;
        this.sentNanos = nowNanos;
        this.timeout = timeout;
        this.callbacks = callbacks;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public CompletionStage<Status> outcome() {
        return outcome;
    }

    @Override
    public Duration roundTrip() {
        return roundTrip;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public void timeout(Duration changed) {
        timeout = changed;
    }

    @Override
    public byte[] packetHash() {
        return hash.clone();
    }

    byte[] hash() {
        return hash;
    }

    /** Who may prove it. */
    public byte[] proverKey() {
        return proverKey;
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - sentNanos >= timeout.toNanos();
    }

    /** How it ends when it is overdue. */
    Status overdue() {
        return timeout.isNegative() ? Status.CULLED : Status.FAILED;
    }

    void delivered(long nowNanos) {
        if (ended.compareAndSet(false, true)) {
            roundTrip = Duration.ofNanos(nowNanos - sentNanos);
            tell(Status.DELIVERED);
        }
    }

    /** Ends it without a proof. */
    public void end(Status last) {
        if (ended.compareAndSet(false, true)) {
            tell(last);
        }
    }

    private void tell(Status last) {
        status = last;
        callbacks.execute(() -> outcome.complete(last));
    }
}
