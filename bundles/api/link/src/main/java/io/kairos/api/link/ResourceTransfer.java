package io.kairos.api.link;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A large transfer over a link, in either direction. */
@ProviderType
public interface ResourceTransfer {

    Status status();

    boolean isIncoming();

    /** Bytes of data over all segments, including metadata. */
    long size();

    /** How much has been transferred, 0 to 1. */
    double progress();

    /** Is told of progress, at most a few times a second, and at the end. */
    void onProgress(Consumer<ResourceTransfer> handler);

    /**
     * As {@link #onProgress(Consumer)}, for who wants to be told more or less often.
     *
     * @param interval least time between two calls; {@link Duration#ZERO} for one call for each part, which may be
     *     thousands in a second
     */
    void onProgress(Duration interval, Consumer<ResourceTransfer> handler);

    /** Completes with the final status: {@code COMPLETE}, {@code FAILED}, {@code CORRUPT} or {@code REJECTED}. */
    CompletionStage<Status> outcome();

    /** What was received; present for an incoming transfer that is complete, and readable until {@link #release}. */
    Optional<ResourceData> data();

    /** Metadata that came with it, a MessagePack value; present for an incoming transfer that is complete. */
    Optional<Object> metadata();

    /** Frees what was received. Called by itself when the link closes and nobody has called {@link #keep}. */
    void release();

    /** Keeps what was received beyond the life of the link; {@link #release} is then the caller's duty. */
    void keep();

    /** Gives up; the other end is told. */
    void cancel();

    /** How far a transfer has come. */
    enum Status {
        NONE,
        QUEUED,
        ADVERTISED,
        TRANSFERRING,
        AWAITING_PROOF,
        ASSEMBLING,
        COMPLETE,
        FAILED,
        CORRUPT,
        REJECTED
    }
}
