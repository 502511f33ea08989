package io.kairos.api.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What this node is for: the roles there are, and which of them it has. Roles are features; what is chosen here is written to
 * {@code etc}, so it survives a new version of the node.
 *
 * <p>Failures are {@link io.kairos.api.failure.MeshException}: a name that no role has, a role that cannot be installed; then
 * nothing has changed. Threads: any; a change takes a second or two.
 */
@ProviderType
public interface Roles {

    /** Every role this node could have, by name. */
    List<Role> all();

    /**
     * Takes a role on, beside those it has.
     *
     * @return what to know now, one sentence each
     */
    List<String> install(String name);

    /**
     * Leaves every role it has and takes this one on, in one step.
     *
     * @return what to know now, one sentence each
     */
    List<String> change(String name);

    /**
     * Leaves a role; what it had set is as it was before.
     *
     * @return what to know now, one sentence each
     */
    List<String> leave(String name);

    /**
     * One role.
     *
     * @param name for example {@code hub}
     * @param purpose one sentence
     * @param installed whether the node has it
     */
    record Role(String name, String purpose, boolean installed) {}
}
