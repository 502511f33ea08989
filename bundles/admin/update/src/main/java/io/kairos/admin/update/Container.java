package io.kairos.admin.update;

import io.kairos.api.admin.Plugins.Check;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The running node as this bundle sees and changes it; Karaf in the product, a double in tests. */
interface Container {

    /** All bundles. */
    List<Running> bundles();

    /** Names of features that are offered at this moment, with the address of the repository that offers them. */
    Map<String, Set<String>> offeredFeatures();

    /** Whether there is a configuration of this name. */
    boolean hasConfiguration(String name);

    /** Removes a configuration. */
    void removeConfiguration(String name);

    /** Whether exactly this is in force of what the change adds and removes. */
    boolean isInForce(Change change);

    /**
     * Resolves a change, and leaves everything as it is.
     *
     * @throws Exception where it cannot be resolved
     */
    void simulate(Change change) throws Exception;

    /**
     * Brings a change about; what is already so is left so.
     *
     * @throws Exception where it cannot; a part may have happened
     */
    void apply(Change change) throws Exception;

    /** Removes bundles of these names, in whatever state a change that failed has left them. */
    void clear(Set<String> names);

    /** Tests bundles, by name and version; waits for them within reason. */
    List<Check> test(Map<String, String> bundles);

    /** What other parts of the node than these bundles say is broken at this moment. */
    Set<String> errors(Set<String> exceptNames);

    /** What they say beyond what is known already; waits within reason for them to find it good again. */
    Set<String> errorsBeyond(Set<String> known, Set<String> exceptNames);

    /**
     * A bundle that is there.
     *
     * @param symbolicName its name
     * @param life changes whenever the bundle is stopped, started, refreshed or updated
     * @param exports packages it offers
     * @param imports packages it wants, also optional ones
     */
    record Running(long id, String symbolicName, String life, Set<String> exports, Set<String> imports) {}

    /**
     * What becomes different.
     *
     * @param removeRepositories feature repositories
     * @param removeFeatures features, {@code name/version}
     */
    record Change(
            Set<String> removeRepositories,
            Set<String> addRepositories,
            Set<String> removeFeatures,
            Set<String> addFeatures) {}
}
