package io.kairos.api.link;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A request that was sent. */
@ProviderType
public interface PendingRequest {

    Status status();

    /** The response, or exceptionally a {@link io.kairos.api.failure.MeshException} that says why there is none. */
    CompletionStage<Response> response();

    /** How much of a long response has arrived, 0 to 1. */
    double progress();

    /** How far a request has come. */
    enum Status {
        FAILED,
        SENT,
        DELIVERED,
        RECEIVING,
        READY
    }

    /** An answer. */
    interface Response {

        /** A MessagePack value; for a file response the {@link ResourceData} of the file. */
        Object value();

        /** Metadata of a file response, a MessagePack value. */
        Optional<Object> metadata();

        Duration roundTrip();
    }
}
