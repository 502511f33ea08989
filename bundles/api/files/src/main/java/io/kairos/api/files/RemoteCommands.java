package io.kairos.api.files;

import io.kairos.api.packet.DestinationHash;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Runs commands on other nodes that allow it, compatible with Reticulum's rnx. Threads: any. */
@ProviderType
public interface RemoteCommands {

    /** The result, or exceptionally a {@link io.kairos.api.failure.MeshException} that says why there is none. */
    CompletionStage<Result> run(DestinationHash on, Command command);

    /** Where others run commands on this node; empty while nobody may. */
    Optional<DestinationHash> serving();

    /**
     * What to run.
     *
     * @param line a program and its arguments, as in a shell, but no shell reads it
     * @param input bytes for its standard input; empty for none
     * @param timeout how long it may take there
     * @param outputLimit most bytes of standard output to send back; empty for all, 0 for none
     * @param errorLimit the same for standard error
     * @param identity name of the identity to show; empty for none
     * @param patience how long finding the way and opening a link may take
     */
    @SuppressWarnings("ArrayRecordComponent") // for one call, never compared
    record Command(
            String line,
            Optional<byte[]> input,
            Duration timeout,
            OptionalInt outputLimit,
            OptionalInt errorLimit,
            Optional<String> identity,
            Duration patience) {}

    /**
     * How it went.
     *
     * @param started whether the program could be started
     * @param status exit status; empty where it was ended because of the time
     * @param output standard output, perhaps cut
     * @param error standard error, perhaps cut
     * @param outputBytes how much standard output there was
     * @param errorBytes how much standard error there was
     * @param took from its start to its end, by the clock there; zero where it did not end
     */
    @SuppressWarnings("ArrayRecordComponent") // for one caller, never compared
    record Result(
            boolean started,
            OptionalInt status,
            byte[] output,
            byte[] error,
            long outputBytes,
            long errorBytes,
            Duration took) {}
}
