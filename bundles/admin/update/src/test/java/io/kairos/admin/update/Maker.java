package io.kairos.admin.update;

import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PackageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes packages, good ones and bad ones, with a key of its own. */
final class Maker implements PackageSigner {

    private final KeyPair pair;

    /** Parts of a package before it is packed. */
    static final class Draft {
        String name = "hello";
        String version = "1.0.0";
        String path = "org/example";
        String symbolicName = "org.example.hello";
        Map<String, String> headers = new TreeMap<>();
        UnaryOperator<String> features = UnaryOperator.identity();
        UnaryOperator<PackageManifest> manifest = UnaryOperator.identity();
        Map<String, byte[]> more = new TreeMap<>();
        boolean isSigned = true;
    }

    Maker() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public PackageKey key() {
        byte[] encoded = pair.getPublic().getEncoded();
        return PackageKey.ed25519(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Path pack(Path folder, Draft draft) throws IOException {
        String group = draft.path.replace('/', '.');
        String features = "repository/%1$s/%2$s-features/%3$s/%2$s-features-%3$s-features.xml"
                .formatted(draft.path, draft.name, draft.version);
        String xml = """
                <features name="%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="%1$s" version="%2$s">
                    <bundle start-level="70">mvn:%3$s/%1$s/%2$s</bundle>
                    <config name="org.example.hello">a = 1</config>
                  </feature>
                </features>
                """.formatted(draft.name, draft.version, group);
        Map<String, PackageContent> contents = new TreeMap<>();
        contents.put(features, PackageContent.of(draft.features.apply(xml).getBytes(StandardCharsets.UTF_8)));
        contents.put(
                "repository/%1$s/%2$s/%3$s/%2$s-%3$s.jar".formatted(draft.path, draft.name, draft.version),
                PackageContent.of(jar(draft)));
        draft.more.forEach((path, bytes) -> contents.put(path, PackageContent.of(bytes)));
        PackageManifest manifest = PackageManifest.plugin(
                draft.name,
                PackageVersion.of(draft.version),
                "Hello",
                Instant.parse("2026-01-01T00:00:00Z"),
                features,
                List.of(draft.name));
        Path file = Files.createTempFile(folder, draft.name + "-" + draft.version + "-", ".kar");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PackageWriter.write(out, draft.manifest.apply(manifest), contents, draft.isSigned ? List.of(this) : List.of());
        Files.write(file, out.toByteArray());
        return file;
    }

    private static byte[] jar(Draft draft) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", draft.symbolicName);
        attributes.putValue("Bundle-Version", draft.version);
        draft.headers.forEach(attributes::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            JarEntry entry = new JarEntry("META-INF/MANIFEST.MF");
            entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
            jar.putNextEntry(entry);
            manifest.write(jar);
        }
        return bytes.toByteArray();
    }
}
