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
import java.util.function.IntConsumer;

/**
 * One transfer that this node began, in either direction, as its operator sees it. Where the link breaks on the way, it is
 * taken up again on another one a few times; what was kept of it counts. Threads: any.
 */
final class Outgoing implements FileTransfer {

    /** How often in a row it is taken up again without anything more that is kept. */
    static final int MOST_BREAKS = 5;

    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    // ---- guarded by this ----
    private Phase phase = Phase.CONNECTING;
    private long size;
    private long done; // bytes of earlier pieces
    private long resumedAt;
    private ResourceTransfer running;
    private Link link;
    private Path saved;
    private int interruptions;
    private int breaks; // since the last time that something more was kept
    private long kept; // bytes at the last break
    private IntConsumer again = number -> {};

    Outgoing(long size) {
        this.size = size;
    }

    /** @param connecting takes it up again; is given how often that was tried in vain before, 0 for the first time */
    void onBreak(IntConsumer connecting) {
        synchronized (this) {
            again = connecting;
        }
    }

    void connected(Link opened) {
        boolean late;
        synchronized (this) {
            link = opened;
            phase = Phase.ASKING;
            late = outcome.isDone();
        }
        opened.onClosed(reason -> closed(opened, reason));
        if (late) {
            opened.close();
        }
    }

    /** Who refuses an identity closes the link before anything has come over it; later it is a break like any other. */
    private void closed(Link which, Link.CloseReason reason) {
        boolean refused;
        synchronized (this) {
            if (which != link) {
                return;
            }
            refused = phase == Phase.ASKING && reason == Link.CloseReason.DESTINATION_CLOSED;
        }
        if (refused) {
            fail(
                    Failure.Kind.PEER,
                    "The other end closed the link.",
                    "It may not allow this identity: give its operator the hash that identity:list shows.");
        } else {
            broke(which, "The link broke.", "Try again; between two Kairos nodes it goes on where it was.");
        }
    }

    /**
     * The link does not carry it any further: takes it up again, or fails where that was in vain too often.
     *
     * @param which the link that broke; {@code null} where there was none. Another one than the last is old news
     */
    void broke(Link which, String message, String remedy) {
        int before;
        IntConsumer connecting;
        synchronized (this) {
            if (outcome.isDone() || which != link || phase == Phase.CONNECTING && which != null) {
                return;
            }
            breaks = done > kept ? 0 : breaks;
            kept = Math.max(kept, done);
            before = breaks++;
            connecting = again;
            if (before < MOST_BREAKS) {
                phase = Phase.CONNECTING;
                interruptions++;
                running = null;
                link = null;
            }
        }
        if (before >= MOST_BREAKS) {
            fail(Failure.Kind.NETWORK, message, remedy);
            return;
        }
        close(which);
        connecting.accept(before);
    }

    /** A question got no answer: who has answered before is not refusing now. */
    void unanswered(Link which, String message, String remedy) {
        if (interruptions() > 0) {
            broke(which, message, remedy);
        } else {
            fail(Failure.Kind.POLICY, message, remedy);
        }
    }

    /** How much of the file is at its end already, as that tells. */
    synchronized void resumes(long from) {
        done = from;
        resumedAt = interruptions == 0 ? from : resumedAt;
    }

    synchronized void isLong(long bytes) {
        size = bytes;
    }

    synchronized void transferring(ResourceTransfer transfer) {
        running = transfer;
        phase = Phase.TRANSFERRING;
        if (transfer.isIncoming() && size == 0) {
            size = transfer.size();
        }
    }

    /** Starts from the beginning, because the other end keeps nothing of a broken transfer. */
    synchronized void startsOver() {
        done = 0;
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
    public synchronized int interruptions() {
        return interruptions;
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
