package io.kairos.admin.update;

import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageKind;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a package may do to a node beside being what it says. Each method refuses with a message and a remedy. Stateless. */
final class Rules {

    private static final String ASK_THE_MAKER = "Tell its maker; nothing was changed on this node.";

    private Rules() {}

    /** The version must not go back, and the name belongs to whoever signed it first. */
    static void history(
            PackageManifest manifest,
            String digest,
            PackageBook book,
            Map<String, PackageKey> signers,
            boolean newSigner) {
        if (manifest.kind() != PackageKind.PLUGIN) {
            throw Refused.policy(
                    "This is a package of a whole node, not of a plugin.",
                    "node:update installs it: the next start tries it, and goes back by itself where it does not work.");
        }
        InstalledPackage known = book.known(manifest.name()).orElse(null);
        if (known == null) {
            return;
        }
        if (!newSigner && !signers.containsValue(known.owner())) {
            throw Refused.policy(
                    manifest.name() + " belongs to another key ("
                            + known.owner().id() + "); this package is signed by " + String.join(", ", signers.keySet())
                            + ".",
                    "If the maker has changed and you are sure, repeat it with --new-signer.");
        }
        PackageVersion version = manifest.version();
        if (known.isInstalled() && version.equals(known.version())) {
            throw digest.equals(known.digest())
                    ? Refused.policy(
                            manifest.name() + " " + version + " is installed already.", "Nothing needs to be done.")
                    : Refused.policy(
                            "Another package with the same name and version, " + manifest.name() + " " + version
                                    + ", is installed.",
                            ASK_THE_MAKER + " Every change needs a new version.");
        }
        if (version.compareTo(known.highest()) < 0) {
            throw Refused.policy(
                    manifest.name() + " was at version " + known.highest() + " already; " + version + " is older.",
                    "Old versions have old mistakes. To go back one step: plugin:rollback " + manifest.name() + ".");
        }
        if (known.isInstalled()
                && manifest.replaces().isPresent()
                && known.version().compareTo(manifest.replaces().get()) < 0) {
            throw Refused.policy(
                    "Version " + version + " can replace " + manifest.replaces().get() + " or later; installed is "
                            + known.version() + ".",
                    "Install " + manifest.name() + " " + manifest.replaces().get() + " first.");
        }
    }

    /** Coordinates belong to whoever has them already. */
    static void coordinates(PackageManifest manifest, Path shipped, Collection<PackageManifest> others) {
        for (PackageFile file : manifest.files()) {
            if (Files.exists(shipped.resolve(PackageStore.inRepository(file)))) {
                throw Refused.policy(
                        "The package brings " + PackageStore.inRepository(file)
                                + ", which is part of this distribution under the same name.",
                        ASK_THE_MAKER);
            }
            for (PackageManifest other : others) {
                for (PackageFile theirs : other.files()) {
                    if (theirs.path().equalsIgnoreCase(file.path())
                            && !(theirs.path().equals(file.path())
                                    && theirs.sha256().equals(file.sha256()))) {
                        throw Refused.policy(
                                "The package brings " + PackageStore.inRepository(file) + ", and " + other.name() + " "
                                        + other.version() + " has brought other bytes under this name.",
                                ASK_THE_MAKER);
                    }
                }
            }
        }
    }

    /** What the feature repository names is in the package or shipped; its features are its own. */
    static void features(Content content, Path shipped, Map<String, Set<String>> offered, Set<String> ownRepositories) {
        for (MavenCoordinates bundle : content.features().bundles()) {
            if (!content.own().containsKey(bundle.url()) && !Files.isRegularFile(shipped.resolve(bundle.path()))) {
                throw Refused.policy(
                        "A feature of the package needs " + bundle.url()
                                + ", which is neither in the package nor in this distribution.",
                        ASK_THE_MAKER + " Nothing is ever downloaded.");
            }
        }
        for (FeatureFile.Named feature : content.features().features()) {
            Set<String> others = new HashSet<>(offered.getOrDefault(feature.name(), Set.of()));
            others.removeAll(ownRepositories);
            others.remove(content.repository());
            if (!others.isEmpty()) {
                throw Refused.policy(
                        "The package has a feature " + feature.name() + ", and there is another one of this name here.",
                        ASK_THE_MAKER);
            }
        }
    }

    /** Its bundles leave those of others alone: no second bundle of a name, no fragment, no package that others use. */
    static void bundles(Content content, List<Container.Running> running, Set<String> replacedNames) {
        List<Container.Running> others = running.stream()
                .filter(bundle -> !replacedNames.contains(bundle.symbolicName()))
                .toList();
        Set<String> names = others.stream().map(Container.Running::symbolicName).collect(Collectors.toSet());
        List<String> ownNames =
                content.own().values().stream().map(BundleFacts::symbolicName).toList();
        for (BundleFacts bundle : content.own().values()) {
            if (names.contains(bundle.symbolicName())) {
                throw touches("is called " + bundle.symbolicName() + " like a bundle that is here already");
            }
            if (!bundle.host().isEmpty() && !ownNames.contains(bundle.host())) {
                throw touches("is a fragment of " + bundle.host() + ", which is not part of it");
            }
            for (Container.Running other : others) {
                for (String exported : bundle.exports()) {
                    if (other.exports().contains(exported) || other.imports().contains(exported)) {
                        throw touches("offers the package " + exported + ", which " + other.symbolicName()
                                + " offers or uses, so that this would be stopped and wired anew");
                    }
                }
            }
        }
    }

    private static MeshException touches(String what) {
        return Refused.policy("A bundle of the package " + what + ".", ASK_THE_MAKER);
    }
}
