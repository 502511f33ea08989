package io.kairos.api.files;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** A file on its way. Threads: any. */
@ProviderType
public interface FileTransfer {

    Phase phase();

    /** Bytes of the file that the other end has acknowledged, or that have arrived. */
    long bytes();

    /** Bytes of the file; 0 while unknown. */
    long size();

    /** Where in the file this transfer began, because the rest was there already. */
    long resumedAt();

    /** How often the link broke and the transfer was taken up again on another one. */
    default int interruptions() {
        return 0;
    }

    /** Where a fetched file was saved. */
    Optional<Path> saved();

    /** Completes when the file is there, or exceptionally a {@link io.kairos.api.failure.MeshException} that says why not. */
    CompletionStage<Void> outcome();

    /** Gives up; the other end is told. */
    void cancel();

    /** How far it has come. */
    enum Phase {
        /** Finding the way and opening a link. */
        CONNECTING,
        /** The other end has been asked. */
        ASKING,
        TRANSFERRING,
        DONE,
        FAILED
    }
}
