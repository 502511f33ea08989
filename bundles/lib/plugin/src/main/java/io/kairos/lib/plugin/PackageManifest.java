package io.kairos.lib.plugin;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a package says of itself; the part that is signed.
 *
 * @param name of the plugin; the same in every version of it
 * @param version higher is newer
 * @param kind plugin or node
 * @param title one line for people
 * @param created when the package was made, whole seconds; before that it is not valid
 * @param expires from when on it is not installed any more; what is installed stays
 * @param node lowest version of the node it runs on
 * @param replaces lowest installed version that it may replace
 * @param repository path of the feature repository inside the package; present for a plugin
 * @param features to be installed, in this order; at least one for a plugin
 * @param needs what has to be there besides, in words for people
 * @param files everything in the package outside {@code KAIROS-INF}, by path
 */
public record PackageManifest(
        String name,
        PackageVersion version,
        PackageKind kind,
        String title,
        Instant created,
        Optional<Instant> expires,
        Optional<PackageVersion> node,
        Optional<PackageVersion> replaces,
        Optional<String> repository,
        List<String> features,
        List<String> needs,
        List<PackageFile> files) {

    public PackageManifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(expires, "expires");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(replaces, "replaces");
        Objects.requireNonNull(repository, "repository");
        features = List.copyOf(features);
        needs = List.copyOf(needs);
        files = List.copyOf(files);
    }

    /** A plugin's manifest before its files are known, without expiry or conditions. */
    public static PackageManifest plugin(
            String name,
            PackageVersion version,
            String title,
            Instant created,
            String repository,
            List<String> features) {
        return new PackageManifest(
                name,
                version,
                PackageKind.PLUGIN,
                title,
                created,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(repository),
                features,
                List.of(),
                List.of());
    }

    public PackageManifest withExpires(Instant instant) {
        return new PackageManifest(
                name,
                version,
                kind,
                title,
                created,
                Optional.of(instant),
                node,
                replaces,
                repository,
                features,
                needs,
                files);
    }

    public PackageManifest withNode(PackageVersion lowest) {
        return new PackageManifest(
                name,
                version,
                kind,
                title,
                created,
                expires,
                Optional.of(lowest),
                replaces,
                repository,
                features,
                needs,
                files);
    }

    public PackageManifest withReplaces(PackageVersion lowest) {
        return new PackageManifest(
                name,
                version,
                kind,
                title,
                created,
                expires,
                node,
                Optional.of(lowest),
                repository,
                features,
                needs,
                files);
    }

    public PackageManifest withNeeds(List<String> lines) {
        return new PackageManifest(
                name, version, kind, title, created, expires, node, replaces, repository, features, lines, files);
    }

    public PackageManifest withFiles(List<PackageFile> list) {
        return new PackageManifest(
                name, version, kind, title, created, expires, node, replaces, repository, features, needs, list);
    }
}
