package io.kairos.api.admin;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes over what a Reticulum program keeps in its folder: settings, interfaces, identities, keys of known destinations,
 * ratchets, refused identities. The old files are only read.
 *
 * <p>Failures are {@link io.kairos.api.failure.MeshException}: a folder without anything to take over, a configuration file
 * with a mistake (named with its line). Threads: any; may take seconds.
 */
@ProviderType
public interface ReticulumImport {

    /** What {@link #apply} would do; changes nothing. */
    List<Item> preview(Path folder);

    /** Does it; an item that fails stops no other. What exists is never overwritten, so it may be repeated. */
    List<Item> apply(Path folder);

    /**
     * One thing that was found.
     *
     * @param source where: a file below the folder, for the configuration also line and key
     * @param target what becomes of it: a file below {@code etc} and a key, or a name; empty where nothing does
     * @param result what happens or has happened
     * @param note why, or what to know; empty where there is nothing to say. Never a secret
     */
    record Item(String source, String target, Result result, String note) {}

    /** What becomes of an item. */
    enum Result {
        /** It would be taken over. */
        PLANNED,
        /** It was taken over. */
        DONE,
        /** It is there already, or the default says the same. */
        PRESENT,
        /** Kairos cannot do this yet. */
        NOT_YET,
        /** It is left out on purpose; the note says why. */
        LEFT_OUT,
        /** It could not be taken over; the note says why. */
        FAILED
    }
}
