package io.kairos.api.files;

import io.kairos.api.packet.DestinationHash;
import io.kairos.api.packet.IdentityHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends files to other nodes and fetches theirs, compatible with Reticulum's rncp. Mistakes that are known at once are
 * {@link io.kairos.api.failure.MeshException}; everything later is the outcome of the transfer. Threads: any.
 */
@ProviderType
public interface FileTransfers {

    /** Sends a file; it must not change meanwhile. */
    FileTransfer send(Path file, DestinationHash to, Options options);

    /**
     * Fetches a file.
     *
     * @param name as the other node calls it: a way below the folder it gives out
     * @param folder where it is saved, under its base name
     * @param overwrite whether a file of this name is replaced; otherwise {@code .1}, {@code .2} … is added
     */
    FileTransfer fetch(String name, DestinationHash from, Path folder, boolean overwrite, Options options);

    /** What this node takes and gives out; empty while it does neither. */
    Optional<Serving> serving();

    /**
     * How to transfer.
     *
     * @param identity name of the identity to show; it is made where there is none
     * @param compress whether compression is tried
     * @param patience how long the other end may take to answer
     */
    record Options(String identity, boolean compress, Duration patience) {

        /** The name of the identity that files are sent with; what rncp calls its own, too. */
        public static final String IDENTITY = "rncp";

        public static final Options DEFAULT = new Options(IDENTITY, true, Duration.ofSeconds(15));
    }

    /**
     * What this node offers.
     *
     * @param address where others send to
     * @param identity whose destination it is
     * @param receives whether it takes files
     * @param givesOut whether files may be fetched
     * @param everybody whether nobody has to be on the list
     * @param allowed how many identities are on the list
     * @param received files taken since it was opened
     * @param fetched files given out
     * @param refused links, offers and requests refused
     */
    record Serving(
            DestinationHash address,
            IdentityHash identity,
            boolean receives,
            boolean givesOut,
            boolean everybody,
            int allowed,
            long received,
            long fetched,
            long refused) {}
}
