package io.kairos.api.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs, updates and removes plugins that came as signed packages. A package that is not good changes nothing; a change that
 * turns out badly is undone.
 *
 * <p>Sources are texts: the path of a package, the path of a folder (the newest package in it), an address that begins with
 * {@code http:} or {@code https:}, or {@code mesh:<destination>/<file>} for a file that another node gives out.
 *
 * <p>Failures are {@link io.kairos.api.failure.MeshException}: {@code POLICY} where a package is refused, {@code STORAGE},
 * {@code NETWORK} and {@code PEER} where it cannot be read. Threads: any; one change at a time, each may take a minute.
 */
@ProviderType
public interface Plugins {

    /** Keys whose packages are accepted. */
    List<TrustedKey> trustedKeys();

    /**
     * Accepts packages of a key from now on.
     *
     * @param name how the operator calls its owner: letters, digits, {@code . _ -}
     * @param key for example {@code ed25519:<base64>}
     */
    void trust(String name, String key);

    /** Accepts no package of this key any more; what is installed stays. */
    void distrust(String name);

    /** Reads a package and checks signature, digests and dates. Keeps nothing. */
    PackageView verify(String source);

    /**
     * Prepares to install a package or to update what is installed: verifies it and resolves it against the running node, which
     * goes on unchanged.
     *
     * @param name what the package must be called; empty: anything
     * @param consents what the operator has agreed to beforehand
     */
    Plan planInstall(String source, Optional<String> name, Set<Consent> consents);

    /** Prepares to go back to the version before. */
    Plan planRollback(String name);

    /** Prepares to remove a plugin. */
    Plan planUninstall(String name);

    /**
     * Does what was planned, tests it, and keeps it or undoes it. A plan is good for one call.
     *
     * @param progress is told in a few words what is being done
     */
    void apply(Plan plan, Consumer<String> progress);

    /** Forgets a plan that is not wanted. */
    void discard(Plan plan);

    /** What is installed, by name. */
    List<Installed> installed();

    /** Tests an installed plugin as after its installation. */
    List<Check> check(String name);

    /** What an operator may agree to. */
    enum Consent {
        /** Another trusted key than that of the installed version may sign. */
        NEW_SIGNER,
        /** A version of the node may go on without the plugins that would not work in it. */
        WITHOUT_PLUGINS
    }

    /** What a plan does. */
    enum Action {
        INSTALL,
        UPDATE,
        ROLLBACK,
        UNINSTALL
    }

    /**
     * A key the operator trusts.
     *
     * @param id its short name, as packages carry it
     */
    record TrustedKey(String name, String id, String key) {}

    /**
     * What a package says of itself, its signature and digests being good.
     *
     * @param signers names of the trusted keys that have signed it
     * @param needs what has to be there besides, in words
     * @param bytes its size
     */
    record PackageView(
            String name,
            String version,
            String kind,
            String title,
            Instant created,
            Optional<Instant> expires,
            List<String> signers,
            List<String> features,
            List<String> needs,
            int files,
            long bytes) {}

    /**
     * What would be done.
     *
     * @param id tells one plan from another
     * @param from version that is installed; empty where none is
     * @param to version that would be; empty where it is removed
     * @param changes one line for each thing that changes
     */
    record Plan(
            String id,
            Action action,
            String name,
            String title,
            Optional<String> from,
            Optional<String> to,
            List<String> signers,
            List<String> changes,
            List<String> needs) {}

    /**
     * A plugin that is installed.
     *
     * @param owner name of the trusted key that may update it, or the key's id where it is trusted no more
     * @param previous version to which it can be rolled back
     * @param highest highest version it ever had
     */
    record Installed(
            String name,
            String version,
            String title,
            String owner,
            Optional<String> previous,
            String highest,
            List<String> features,
            List<String> bundles,
            List<String> needs) {}

    /**
     * One thing that was tested.
     *
     * @param isGood whether it is as it should be
     * @param remedy what to do; empty where it is good
     */
    record Check(boolean isGood, String message, String remedy) {}
}
