package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.files.FileTransfer;
import io.kairos.api.link.Link;
import io.kairos.api.link.ResourceTransfer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One transfer that this node began, in either direction, as its operator sees it. Threads: any. */
final class Outgoing implements FileTransfer {

    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    // ---- guarded by this ----
    private Phase phase = Phase.CONNECTING;
    private long size;
    private long done; // bytes of earlier pieces
    private long resumedAt;
    private ResourceTransfer running;
    private Link link;
    private Path saved;

    Outgoing(long size) {
        this.size = size;
    }

    synchronized void connected(Link opened) {
        link = opened;
        phase = Phase.ASKING;
        opened.onClosed(reason -> fail(
                Failure.Kind.PEER,
                "The other end closed the link.",
                "It may not allow this identity: give its operator the hash that identity:list shows."));
        if (outcome.isDone()) {
            opened.close();
        }
    }

    synchronized void resumes(long from) {
        done = from;
        resumedAt = from;
    }

    synchronized void transferring(ResourceTransfer transfer) {
        running = transfer;
        phase = Phase.TRANSFERRING;
        if (transfer.isIncoming()) {
            size = transfer.size();
        }
    }

    synchronized void pieceDone(long bytes) {
        running = null;
        done += bytes;
    }

    /** It is there; closes the link. */
    void succeed(Optional<Path> where) {
        Link opened;
        synchronized (this) {
            if (outcome.isDone()) {
                return;
            }
            phase = Phase.DONE;
            running = null;
            saved = where.orElse(null);
            opened = link;
        }
        outcome.complete(null);
        close(opened);
    }

    void fail(Failure.Kind kind, String message, String remedy) {
        fail(new MeshException(kind, message, remedy));
    }

    void fail(Throwable failure) {
        Link opened;
        synchronized (this) {
            if (phase == Phase.DONE || phase == Phase.FAILED) {
                return;
            }
            phase = Phase.FAILED;
            opened = link;
        }
        outcome.completeExceptionally(failure);
        close(opened);
    }

    private static void close(Link opened) {
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public synchronized Phase phase() {
        return phase;
    }

    @Override
    public synchronized long bytes() {
        if (phase == Phase.DONE) {
            return size;
        }
        return running == null ? done : Math.min(size, done + (long) (running.progress() * running.size()));
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized long resumedAt() {
        return resumedAt;
    }

    @Override
    public synchronized Optional<Path> saved() {
        return Optional.ofNullable(saved);
    }

    @Override
    public CompletionStage<Void> outcome() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public void cancel() {
        ResourceTransfer transfer;
        synchronized (this) {
            transfer = running;
        }
        if (transfer != null) {
            transfer.cancel();
        }
        fail(Failure.Kind.PEER, "The transfer was cancelled.", "Start it again when you like.");
    }
}
