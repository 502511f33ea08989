package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageNames;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PackageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that goes into a package.
 *
 * @param self coordinates of the plugin; those of its feature repository follow from them
 * @param repository bytes of the feature repository
 * @param files where the bundles and files are that the repository names; those it does not name stay out
 */
record Packing(
        String name,
        String title,
        MavenCoordinates self,
        byte[] repository,
        Map<MavenCoordinates, Path> files,
        Instant created,
        Optional<Instant> expires,
        Optional<PackageVersion> node,
        Optional<PackageVersion> replaces,
        List<String> needs) {

    /** Writes the package to {@code target}; what was there before is replaced in one step. */
    PackageManifest write(Path target, List<PackageSigner> signers) throws IOException {
        FeatureFile features = FeatureFile.read(repository);
        MavenCoordinates own = new MavenCoordinates(self.group(), self.artifact(), self.version(), "xml", "features");
        Map<String, PackageContent> contents = new TreeMap<>();
        contents.put(PackageNames.REPOSITORY + own.path(), PackageContent.of(repository));
        for (MavenCoordinates named : features.files()) {
            Path file = files.get(named);
            if (file == null || !Files.isRegularFile(file)) {
                throw new MeshException(
                        Failure.Kind.CONFIGURATION,
                        "The feature repository names " + named.url() + ", which is not there",
                        "Make it a dependency of the project, or give it by hand as " + named.url()
                                + "=FILE. Bundles of the node come with its features: <feature>kairos-api</feature>.");
            }
            contents.put(PackageNames.REPOSITORY + named.path(), () -> Files.newInputStream(file));
        }
        return write(target, manifest(features, own), contents, signers);
    }

    /** Writes any package in one step. */
    static PackageManifest write(
            Path target, PackageManifest manifest, Map<String, PackageContent> contents, List<PackageSigner> signers)
            throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, "package", ".part");
        try {
            PackageManifest written;
            try (OutputStream out = Files.newOutputStream(part)) {
                written = PackageWriter.write(out, manifest, contents, signers);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private PackageManifest manifest(FeatureFile features, MavenCoordinates own) {
        PackageManifest manifest = PackageManifest.plugin(
                        name,
                        PackageVersion.ofMaven(self.version()),
                        title,
                        created,
                        PackageNames.REPOSITORY + own.path(),
                        features.installed())
                .withNeeds(needs);
        if (expires.isPresent()) {
            manifest = manifest.withExpires(expires.get());
        }
        if (node.isPresent()) {
            manifest = manifest.withNode(node.get());
        }
        return replaces.isPresent() ? manifest.withReplaces(replaces.get()) : manifest;
    }
}
