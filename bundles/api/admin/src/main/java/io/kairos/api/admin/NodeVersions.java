package io.kairos.api.admin;

import io.kairos.api.admin.Plugins.Consent;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Versions of the whole node that came as signed packages. A version that is brought or gone back to is tried at the next start;
 * where the node does not confirm it by its self-test, the start after that is one of the version before.
 *
 * <p>Failures are {@link io.kairos.api.failure.MeshException}: {@code POLICY} where a package is refused, {@code STORAGE},
 * {@code NETWORK} and {@code PEER} where it cannot be read, {@code CONFIGURATION} where the way the node was started does not allow
 * it. Threads: any; one change at a time, each may take a minute.
 */
@ProviderType
public interface NodeVersions {

    /** The name of the distribution that was installed by hand. */
    String INSTALLED = "installed";

    /**
     * Verifies a package of a whole node and unpacks it, so that the next start tries it.
     *
     * @param source as in {@link Plugins}
     * @param progress is told in a few words what is being done
     * @return the version that is tried
     */
    String update(String source, Set<Consent> consents, Consumer<String> progress);

    /**
     * Forgets a version that is to be tried; where there is none, the next start tries the version before.
     *
     * @return the version that the next start begins with
     */
    String rollback();

    /** All versions that are there, the newest first, the installed one last. */
    List<NodeVersion> versions();

    /**
     * Whether {@link #restart} starts the node again by itself: whoever has started it stays beside it.
     */
    boolean canRestart();

    /** Ends the node and has it started again; returns before that happens. */
    void restart();

    /** What a version is at this moment. */
    enum Mark {
        RUNNING,
        /** Running, and not confirmed yet. */
        ON_TRIAL,
        /** The next start tries it. */
        NEXT,
        /** Where a rollback leads. */
        PREVIOUS,
        /** Was tried last, and not confirmed. */
        FAILED
    }

    /**
     * A version.
     *
     * @param name the version, or {@link #INSTALLED}
     * @param version number of the version
     * @param remark why it has failed; empty otherwise
     */
    record NodeVersion(String name, String version, Set<Mark> marks, String remark) {}
}
