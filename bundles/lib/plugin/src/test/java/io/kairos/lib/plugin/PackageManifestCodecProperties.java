package io.kairos.lib.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PackageManifestCodecProperties {

    @Property(tries = 200)
    void whatIsEncodedDecodesToTheSame(@ForAll("manifests") PackageManifest manifest) {
        assertEquals(manifest, PackageManifestCodec.decode(PackageManifestCodec.encode(manifest)));
    }

    @Property(tries = 500)
    void noTextIsReadInTwoWays(@ForAll("manifests") PackageManifest manifest, @ForAll int at, @ForAll byte other) {
        byte[] bytes = PackageManifestCodec.encode(manifest);
        bytes[Math.floorMod(at, bytes.length)] = other;
        try {
            assertArrayEquals(bytes, PackageManifestCodec.encode(PackageManifestCodec.decode(bytes)));
        } catch (MalformedException expected) {
            // refusing is fine
        }
    }

    @Property(tries = 500)
    void noBytesCauseAnythingButARefusal(@ForAll byte[] noise) {
        for (byte[] bytes : List.of(
                noise,
                ("kairos-package: 1\n" + new String(noise, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.UTF_8))) {
            try {
                PackageManifestCodec.decode(bytes);
            } catch (MalformedException expected) {
                // refusing is fine
            }
        }
    }

    @Property(tries = 500)
    void pathsAreCoordinatesAndBack(@ForAll("coordinates") MavenCoordinates coordinates) {
        assertEquals(Optional.of(coordinates), MavenCoordinates.ofPath(coordinates.path()));
        assertEquals(coordinates, MavenCoordinates.ofUrl(coordinates.url()));
    }

    @Provide
    Arbitrary<MavenCoordinates> coordinates() {
        Arbitrary<String> word =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(5);
        return Combinators.combine(
                        word.list().ofMinSize(1).ofMaxSize(3).map(list -> String.join(".", list)),
                        word,
                        Arbitraries.of("1.0.0", "1.0-SNAPSHOT", "3"),
                        Arbitraries.of("jar", "xml"),
                        Arbitraries.of("", "features", "linux-x86_64"))
                .as(MavenCoordinates::new);
    }

    @Provide
    Arbitrary<PackageManifest> manifests() {
        Arbitrary<PackageVersion> versions =
                Arbitraries.of("0.0.1", "1.2.3", "10.0.0.beta-1").map(PackageVersion::of);
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
        Arbitrary<Instant> later =
                Arbitraries.longs().between(4_000_000_001L, 9_000_000_000L).map(Instant::ofEpochSecond);
        return Combinators.combine(
                        Arbitraries.of("a", "hello-transport", "x.y_z"),
                        versions,
                        Arbitraries.of("Hello", "H\u00e9llo \u4e16"),
                        times,
                        later.optional(),
                        versions.optional(),
                        versions.optional(),
                        Arbitraries.of(List.<String>of(), List.of("a radio"), List.of("a radio", "a roof")))
                .as((name, version, title, created, expires, node, replaces, needs) -> new PackageManifest(
                        name,
                        version,
                        PackageKind.PLUGIN,
                        title,
                        created,
                        expires,
                        node,
                        replaces,
                        Optional.of(Samples.FEATURES),
                        List.of("one", "two"),
                        needs,
                        List.of(
                                new PackageFile("ab".repeat(32), 7, Samples.FEATURES),
                                new PackageFile("0".repeat(64), 5, Samples.JAR))));
    }
}
