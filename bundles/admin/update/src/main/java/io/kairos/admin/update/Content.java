package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageFile;
import io.kairos.lib.plugin.PackageManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an unpacked package brings into the container.
 *
 * @param own bundles of the package by address
 */
record Content(PackageManifest manifest, String repository, FeatureFile features, Map<String, BundleFacts> own) {

    /**
     * Reads the feature repository and the bundles of an unpacked package.
     *
     * @throws MalformedException where they do not fit together
     */
    static Content read(PackageManifest manifest, Path unpacked) throws IOException {
        Map<String, PackageFile> byAddress = new TreeMap<>();
        for (PackageFile file : manifest.files()) {
            MavenCoordinates coordinates = PackageStore.coordinates(file)
                    .orElseThrow(() -> new MalformedException(file.path()
                            + " does not lie where a Maven repository has it: group/artifact/version/file"));
            byAddress.put(coordinates.url(), file);
        }
        PackageFile repositoryFile = manifest.files().stream()
                .filter(file -> file.path().equals(manifest.repository().orElse("")))
                .findFirst()
                .orElseThrow(() -> new MalformedException("the package has no feature repository"));
        FeatureFile features = FeatureFile.read(unpacked.resolve(PackageStore.inRepository(repositoryFile)));
        for (String wanted : manifest.features()) {
            if (features.features().stream().noneMatch(one -> one.name().equals(wanted))) {
                throw new MalformedException("the feature repository has no feature " + wanted);
            }
        }
        for (FeatureFile.Laid laid : features.files()) {
            if (!byAddress.containsKey(laid.from().url())) {
                throw new MalformedException(
                        "the feature repository names the file " + laid.from().url() + ", which is not there");
            }
        }
        Map<String, BundleFacts> own = new TreeMap<>();
        for (MavenCoordinates bundle : features.bundles()) {
            PackageFile file = byAddress.get(bundle.url());
            if (file != null) {
                own.put(bundle.url(), BundleFacts.read(unpacked.resolve(PackageStore.inRepository(file))));
            }
        }
        return new Content(
                manifest, PackageStore.coordinates(repositoryFile).orElseThrow().url(), features, own);
    }

    /** Where it lays files, below {@code etc}. */
    Set<String> places() {
        Set<String> places = new TreeSet<>();
        features.files().forEach(laid -> places.add(laid.place()));
        return places;
    }

    /** Names and versions of its bundles. */
    Map<String, String> bundles() {
        Map<String, String> bundles = new TreeMap<>();
        own.values().forEach(bundle -> bundles.put(bundle.symbolicName(), bundle.version()));
        return bundles;
    }

    /** The features it installs, {@code name/version}. */
    Set<String> installs() {
        Set<String> installs = new LinkedHashSet<>();
        for (String wanted : manifest.features()) {
            features.features().stream()
                    .filter(one -> one.name().equals(wanted))
                    .forEach(one -> installs.add(one.name() + "/" + one.version()));
        }
        return installs;
    }
}
