package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.MavenCoordinates;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * A version of the node that lies on the disk and does not run yet, as plugins would find it. Nothing can be resolved by a
 * framework that is not there, so this compares what manifests say: it finds what is certain not to work, and takes everything
 * that is shipped for available.
 */
final class NextNode {

    private static final String JAR = ".jar";

    private final PackageVersion version;
    private final Path shipped;
    private final List<BundleTies.Offer> offers = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /**
     * Reads the bundles of a distribution.
     *
     * @param folder of the distribution
     * @param framework packages that come with the framework and with Java
     */
    NextNode(PackageVersion version, Path folder, Collection<BundleTies.Offer> framework) throws IOException {
        this.version = version;
        this.shipped = folder.resolve("system");
        offers.addAll(framework);
        if (!Files.isDirectory(shipped)) {
            return;
        }
        List<Path> jars;
        try (Stream<Path> all = Files.walk(shipped)) {
            jars = all.filter(path -> path.toString().endsWith(JAR)).toList();
        }
        for (Path jar : jars) {
            Optional<BundleTies> ties = ties(jar);
            ties.ifPresent(found -> names.add(found.symbolicName()));
            ties.ifPresent(found -> offers.addAll(found.offers()));
        }
    }

    /** Empty where the framework cannot read it either. */
    private static Optional<BundleTies> ties(Path jar) throws IOException {
        try {
            return Optional.of(BundleTies.read(jar));
        } catch (MalformedException | ZipException e) {
            return Optional.empty();
        }
    }

    /**
     * Why a plugin would not work, in words; empty where nothing speaks against it.
     *
     * @param unpacked where its bundles lie
     */
    List<String> against(Content plugin, Path unpacked) throws IOException {
        List<String> problems = new ArrayList<>();
        plugin.manifest()
                .node()
                .filter(least -> version.compareTo(least) < 0)
                .ifPresent(least -> problems.add("it needs Kairos " + least + " or later"));
        List<BundleTies> own = new ArrayList<>();
        for (String url : plugin.own().keySet()) {
            own.add(BundleTies.read(unpacked.resolve(MavenCoordinates.ofUrl(url).path())));
        }
        for (MavenCoordinates bundle : plugin.features().bundles()) {
            if (!plugin.own().containsKey(bundle.url()) && !Files.isRegularFile(shipped.resolve(bundle.path()))) {
                problems.add("it needs " + bundle.url() + ", and " + otherVersions(bundle));
            }
        }
        for (BundleTies bundle : own) {
            if (names.contains(bundle.symbolicName())) {
                problems.add("there will be another bundle " + bundle.symbolicName());
            }
            for (BundleTies.Need need : bundle.needs()) {
                boolean isMet = offers.stream().anyMatch(need::isMetBy)
                        || own.stream()
                                .flatMap(other -> other.offers().stream())
                                .anyMatch(need::isMetBy);
                if (!isMet) {
                    problems.add("it needs the " + need.what() + " " + need.range() + ", and " + otherVersions(need));
                }
            }
        }
        return problems;
    }

    private String otherVersions(BundleTies.Need need) {
        return thereWillBe(offers.stream()
                .filter(offer -> offer.what().equals(need.what()))
                .map(offer -> offer.version().toString())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private String otherVersions(MavenCoordinates bundle) throws IOException {
        Path folder = shipped.resolve(bundle.path()).getParent().getParent();
        if (!Files.isDirectory(folder)) {
            return thereWillBe(Set.of());
        }
        try (Stream<Path> versions = Files.list(folder)) {
            return thereWillBe(
                    versions.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static String thereWillBe(Set<String> versions) {
        return versions.isEmpty() ? "there will be none" : "there will be " + String.join(", ", versions);
    }
}
