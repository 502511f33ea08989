package io.kairos.admin.roles;

import java.util.Map;
import java.util.Set;

/** What the container offers and has of roles. */
interface Provisioner {

    /** Every role there is, with its purpose. */
    Map<String, String> known();

    /** Those that are installed. */
    Set<String> installed();

    /**
     * Makes exactly these the installed ones, in one step; on a failure nothing has changed.
     *
     * @throws io.kairos.api.failure.MeshException with what stood in the way
     */
    void provision(Set<String> wanted);
}
