package io.kairos.sdk.packager;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageKind;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A package of a whole node.
 *
 * @param distribution folder of an unpacked distribution, or its {@code tar.gz}
 */
record NodePacking(
        Path distribution,
        String name,
        String title,
        PackageVersion version,
        Instant created,
        Optional<Instant> expires,
        Optional<PackageVersion> replaces) {

    /** What a node consists of; what else lies there (its data) stays out. */
    private static final List<String> FOLDERS = List.of("bin", "etc", "lib", "system");

    /** What stands for the asterisk, which no path of a package may hold. */
    private static final String ASTERISK = "=2a";

    /** Writes the package to {@code target}. */
    PackageManifest write(Path target, List<PackageSigner> signers) throws IOException {
        if (Files.isDirectory(distribution)) {
            return write(distribution, target, signers);
        }
        Path folder = Files.createTempDirectory("kairos-node");
        try {
            unpack(folder);
            return write(folder, target, signers);
        } finally {
            delete(folder);
        }
    }

    private PackageManifest write(Path folder, Path target, List<PackageSigner> signers) throws IOException {
        Map<String, PackageContent> contents = new TreeMap<>();
        for (String part : FOLDERS) {
            if (!Files.isDirectory(folder.resolve(part))) {
                throw wrong(distribution + " has no folder " + part + ", so it is no distribution");
            }
            try (Stream<Path> all = Files.walk(folder.resolve(part))) {
                for (Path file : (Iterable<Path>) all::iterator) {
                    add(contents, folder, file);
                }
            }
        }
        PackageManifest manifest = new PackageManifest(
                name,
                version,
                PackageKind.NODE,
                title,
                created,
                expires,
                Optional.empty(),
                replaces,
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        return Packing.write(target, manifest, contents, signers);
    }

    private static void add(Map<String, PackageContent> contents, Path folder, Path file) {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || path.contains(ASTERISK)) {
            throw wrong(path + " cannot be packed");
        }
        contents.put(path.replace("*", ASTERISK), () -> Files.newInputStream(file));
    }

    private void unpack(Path folder) throws IOException {
        Process tar = new ProcessBuilder(
                        "tar", "-xzf", distribution.toAbsolutePath().toString(), "--strip-components=1")
                .directory(folder.toFile())
                .inheritIO()
                .start();
        try {
            if (tar.waitFor() != 0) {
                throw wrong(distribution + " is neither a folder nor a tar.gz");
            }
        } catch (InterruptedException e) {
            tar.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static MeshException wrong(String what) {
        return new MeshException(
                Failure.Kind.CONFIGURATION, what, "Give a distribution as ./kairos dist makes it, packed or unpacked.");
    }
}
