package io.kairos.test.node;

import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageKind;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PackageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes packages of a whole node from an unpacked distribution, with a higher version. */
final class NodeFile {

    private NodeFile() {}

    /** @param stays which files of the distribution are packed; leaving some out makes a version that does not work */
    static Path write(Path folder, Path distribution, String version, List<PackageSigner> by, Predicate<String> stays)
            throws IOException {
        return write(folder, distribution, version, by, stays, Map.of());
    }

    /** @param more files beside those of the distribution */
    static Path write(
            Path folder,
            Path distribution,
            String version,
            List<PackageSigner> by,
            Predicate<String> stays,
            Map<String, byte[]> more)
            throws IOException {
        Map<String, PackageContent> contents = new TreeMap<>();
        more.forEach((path, bytes) -> contents.put(path, PackageContent.of(bytes)));
        for (String part : List.of("bin", "etc", "lib", "system")) {
            try (Stream<Path> all = Files.walk(distribution.resolve(part))) {
                for (Path path : all.filter(Files::isRegularFile).toList()) {
                    String name = distribution.relativize(path).toString();
                    if (stays.test(name)) {
                        contents.put(name.replace("*", "=2a"), () -> Files.newInputStream(path));
                    }
                }
            }
        }
        PackageManifest manifest = new PackageManifest(
                "kairos",
                PackageVersion.of(version),
                PackageKind.NODE,
                "Kairos " + version,
                Instant.parse("2020-01-01T00:00:00Z"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of());
        Path file = Files.createDirectories(folder).resolve("kairos-" + version + ".kar");
        try (OutputStream out = Files.newOutputStream(file)) {
            PackageWriter.write(out, manifest, contents, by);
        }
        return file;
    }
}
