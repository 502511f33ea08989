package io.kairos.core.link.resource;

import io.kairos.api.link.ResourceData;
import io.kairos.api.link.ResourceTransfer;
import io.kairos.api.time.Clock;
import io.kairos.core.link.actor.SerialQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a program sees of a transfer in either direction. Threads: any; changed by the mailbox of its link. */
public final class Transfer implements ResourceTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final Duration SELDOM = Duration.ofMillis(250);

    private final boolean incoming;
    private final long size;
    private final Clock clock;
    private final SerialQueue callbacks;
    private final CompletableFuture<Status> outcome = new CompletableFuture<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Consumer<Transfer> canceller = transfer -> {};
    private volatile Status status = Status.NONE;
    private volatile double progress;
    private volatile Consumer<ResourceTransfer> watcher;
    private volatile ResourceData data;
    private volatile Object metadata;
    private volatile boolean hasMetadata;
    private volatile boolean kept;
    private volatile Spool spool;
    private volatile long reportedAt;
    private volatile long reportNanos = SELDOM.toNanos();

    Transfer(boolean incoming, long size, Clock clock, SerialQueue callbacks) {
        this.incoming = incoming;
        this.size = size;
        this.clock = clock;
        this.callbacks = callbacks;
        this.reportedAt = clock.nanos();
    }

    void onCancel(Consumer<Transfer> handler) {
        canceller = handler;
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public boolean isIncoming() {
        return incoming;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public double progress() {
        return progress;
    }

    @Override
    public void onProgress(Consumer<ResourceTransfer> handler) {
        onProgress(SELDOM, handler);
    }

    @Override
    public void onProgress(Duration interval, Consumer<ResourceTransfer> handler) {
        reportNanos = interval.toNanos();
        watcher = handler;
    }

    @Override
    public CompletionStage<Status> outcome() {
        return outcome;
    }

    @Override
    public Optional<ResourceData> data() {
        return Optional.ofNullable(data);
    }

    @Override
    public Optional<Object> metadata() {
        return Optional.ofNullable(metadata);
    }

    /** Whether metadata came with it, even empty ones. */
    public boolean hasMetadata() {
        return hasMetadata;
    }

    @Override
    public void release() {
        Spool last = spool;
        spool = null;
        data = null;
        if (last != null) {
            try {
                last.delete();
            } catch (IOException e) {
                LOG.warn("A received file could not be deleted from the temporary folder of this node", e);
            }
        }
    }

    @Override
    public void keep() {
        kept = true;
    }

    @Override
    public void cancel() {
        canceller.accept(this);
    }

    void status(Status next) {
        if (!ended.get()) {
            status = next;
        }
    }

    /** Tells of progress, but not more often than somebody wants to know. */
    void progress(double share) {
        progress = share;
        long now = clock.nanos();
        if (watcher != null && now - reportedAt >= reportNanos) {
            reportedAt = now;
            callbacks.offer(this::report);
        }
    }

    private void report() {
        Consumer<ResourceTransfer> handler = watcher;
        if (handler != null) {
            handler.accept(this);
        }
    }

    /** What was received, before {@link #end} with {@code COMPLETE}. */
    void received(Spool content, ResourceData view, boolean withMetadata, Object value) {
        spool = content;
        data = view;
        hasMetadata = withMetadata;
        metadata = value;
    }

    /** Ends it; later ends are ignored. */
    void end(Status last) {
        if (ended.compareAndSet(false, true)) {
            status = last;
            canceller = transfer -> {}; // it holds on to what was sent
            if (last == Status.COMPLETE) {
                progress = 1;
            }
            callbacks.execute(() -> {
                report();
                outcome.complete(last);
            });
        }
    }

    boolean hasEnded() {
        return ended.get();
    }

    /** The link has closed: what nobody keeps is freed once the handlers have seen it. */
    void linkClosed() {
        callbacks.execute(() -> {
            if (!kept) {
                release();
            }
        });
    }
}
