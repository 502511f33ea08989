package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageKind;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which packages may become a version of this node. Each method refuses with a message and a remedy. Stateless. */
final class NodeRules {

    /** What the book calls the node, whatever its packages are called: one key brings its versions. */
    static final String NODE = "node";

    private static final Set<String> FOLDERS = Set.of("bin", "etc", "lib", "system");
    private static final List<String> NEEDED = List.of("bin/kairos", "bin/setenv", "etc/config.properties");
    private static final String TELL = "Tell its maker; nothing was changed on this node.";

    private NodeRules() {}

    static void kind(PackageManifest manifest) {
        if (manifest.kind() != PackageKind.NODE) {
            throw Refused.policy(
                    "This is a package of the plugin " + manifest.name() + ", not of a whole node.",
                    "plugin:install installs it.");
        }
    }

    /** The version must not go back, and whoever brought the first one brings them all. */
    static void history(
            PackageManifest manifest,
            String digest,
            PackageBook book,
            PackageVersion running,
            Map<String, PackageKey> signers,
            boolean newSigner) {
        InstalledPackage known = book.known(NODE).orElse(null);
        PackageVersion version = manifest.version();
        if (known != null && !newSigner && !signers.containsValue(known.owner())) {
            throw Refused.policy(
                    "Versions of this node come from another key ("
                            + known.owner().id() + "); this package is signed by " + String.join(", ", signers.keySet())
                            + ".",
                    "If the maker has changed and you are sure, repeat it with --new-signer.");
        }
        if (version.equals(running)) {
            throw Refused.policy("This node is at version " + version + " already.", "Nothing needs to be done.");
        }
        PackageVersion highest = highest(book, running);
        if (version.compareTo(highest) < 0) {
            throw Refused.policy(
                    "This node was at version " + highest + " already; " + version + " is older.",
                    "Old versions have old mistakes. To go back one step: node:rollback.");
        }
        if (known != null && version.equals(known.version()) && !digest.equals(known.digest())) {
            throw Refused.policy(
                    "Another package of version " + version + " was brought before.",
                    TELL + " Every change needs a new version.");
        }
        if (manifest.replaces().isPresent()
                && running.compareTo(manifest.replaces().get()) < 0) {
            throw Refused.policy(
                    "Version " + version + " can replace " + manifest.replaces().get() + " or later; this node is "
                            + running + ".",
                    "Update to " + manifest.replaces().get() + " first.");
        }
    }

    /** The highest version there was, the running one counted. */
    static PackageVersion highest(PackageBook book, PackageVersion running) {
        return book.known(NODE)
                .map(InstalledPackage::highest)
                .filter(highest -> highest.compareTo(running) > 0)
                .orElse(running);
    }

    /** It holds a distribution and nothing else. */
    static void content(PackageManifest manifest) {
        Set<String> paths = manifest.files().stream().map(PackageFile::path).collect(Collectors.toSet());
        for (String path : paths) {
            if (path.indexOf('/') < 0 || !FOLDERS.contains(path.substring(0, path.indexOf('/')))) {
                throw Refused.policy("The package holds " + path + ", which is no part of a node.", TELL);
            }
        }
        for (String needed : NEEDED) {
            if (!paths.contains(needed)) {
                throw Refused.policy("The package holds no " + needed + ", so it cannot be started.", TELL);
            }
        }
    }
}
