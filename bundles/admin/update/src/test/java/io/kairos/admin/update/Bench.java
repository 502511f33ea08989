package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A node in a folder, with a container in memory. */
final class Bench {

    final Path node;
    final FakeContainer container = new FakeContainer();
    final Maker alice = new Maker();
    Instant now = Instant.parse("2026-06-01T00:00:00Z");
    Steps steps = step -> {};
    List<LeftOut> leftOut = List.of();
    PluginDesk desk;

    Bench(Path node) throws IOException {
        this.node = node;
        Files.createDirectories(node.resolve("etc"));
        Files.createDirectories(node.resolve("packages-from-outside"));
        Path shipped = Files.createDirectories(node.resolve("system/io/kairos/core/1.0.0"));
        Files.writeString(shipped.resolve("core-1.0.0.jar"), "shipped");
        restart();
        desk.trust("alice", alice.key().text());
    }

    /** The bundle starts anew; nothing is recovered yet. */
    void restart() throws IOException {
        KeyFile keys = new KeyFile(node.resolve("etc/plugin.keys"));
        desk = new PluginDesk(
                keys,
                new PackageStore(node.resolve("data/packages")),
                container,
                new Verifier(keys, Bench::isValid, () -> now, PackageVersion.of("0.1.0")),
                node.resolve("system"),
                new LaidFiles(node.resolve("etc"), node.resolve("data/packages")),
                new Sources(() -> null),
                () -> leftOut,
                step -> steps.reached(step));
    }

    Path outside() {
        return node.resolve("packages-from-outside");
    }

    void install(Path file) {
        desk.apply(desk.planInstall(file.toString(), Optional.empty(), Set.of()), step -> {});
    }

    /** Everything that a refused package must leave as it was. */
    String state() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path root : new Path[] {node.resolve("etc"), node.resolve("data"), node.resolve("system")}) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(node.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return container.state() + " " + files;
    }

    static boolean isValid(PackageKey key, byte[] message, byte[] signature) {
        try {
            byte[] encoded = HexFormat.of()
                    .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key.raw()));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(message);
            return key.algorithm().equals(PackageKey.ED25519) && verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
