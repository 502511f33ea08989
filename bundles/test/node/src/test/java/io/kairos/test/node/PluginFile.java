package io.kairos.test.node;

import io.kairos.lib.plugin.PackageContent;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageManifest;
import io.kairos.lib.plugin.PackageSigner;
import io.kairos.lib.plugin.PackageVersion;
import io.kairos.lib.plugin.PackageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes packages of a plugin {@code hello}, which consists of one bundle without code. */
final class PluginFile implements PackageSigner {

    private final KeyPair pair;

    PluginFile() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
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
            throw new IllegalStateException("every Java 17 runtime has Ed25519", e);
        }
    }

    /** Writes a package; further lines of the bundle's manifest can make it a bad one. */
    Path write(Path folder, String version, Map<String, String> headers) throws IOException {
        String features =
                "repository/org/example/hello-features/%1$s/hello-features-%1$s-features.xml".formatted(version);
        String xml = """
                <features name="hello-%1$s" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
                  <feature name="hello" version="%1$s">
                    <bundle start-level="70">mvn:org.example/hello/%1$s</bundle>
                    <config name="org.example.hello">a = 1</config>
                  </feature>
                </features>
                """.formatted(version);
        Map<String, PackageContent> contents = new TreeMap<>();
        contents.put(features, PackageContent.of(xml.getBytes(StandardCharsets.UTF_8)));
        contents.put(
                "repository/org/example/hello/%1$s/hello-%1$s.jar".formatted(version),
                PackageContent.of(jar(version, headers)));
        Path file = Files.createDirectories(folder).resolve("hello-" + version + ".kar");
        try (OutputStream out = Files.newOutputStream(file)) {
            PackageManifest manifest = PackageManifest.plugin(
                    "hello",
                    PackageVersion.of(version),
                    "Hello",
                    Instant.parse("2020-01-01T00:00:00Z"),
                    features,
                    List.of("hello"));
            PackageWriter.write(out, manifest, contents, List.of(this));
        }
        return file;
    }

    static byte[] jar(String version, Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "org.example.hello");
        attributes.putValue("Bundle-Version", version);
        headers.forEach(attributes::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.flush();
        }
        return bytes.toByteArray();
    }
}
