package io.kairos.lib.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Packages and keys for tests. */
final class Samples {

    static final String FEATURES = "repository/org/example/hello-features/1.2.0/hello-features-1.2.0-features.xml";
    static final String JAR = "repository/org/example/hello/1.2.0/hello-1.2.0.jar";
    static final Instant CREATED = Instant.parse("2030-01-01T00:00:00Z");

    private Samples() {}

    /** Signs with the Ed25519 of the Java runtime. */
    record Signer(KeyPair pair) implements PackageSigner {

        static Signer draw() {
            try {
                return new Signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
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

        SignatureCheck check() {
            return (key, message, signature) -> {
                try {
                    Signature verifier = Signature.getInstance("Ed25519");
                    verifier.initVerify(pair.getPublic());
                    verifier.update(message);
                    return key.equals(key()) && verifier.verify(signature);
                } catch (GeneralSecurityException e) {
                    return false;
                }
            };
        }
    }

    static PackageManifest manifest() {
        return PackageManifest.plugin(
                "hello-transport", PackageVersion.of("1.2.0"), "Hello transport", CREATED, FEATURES, List.of("hello"));
    }

    static Map<String, PackageContent> contents() {
        Map<String, PackageContent> contents = new TreeMap<>();
        contents.put(FEATURES, PackageContent.of("<features/>".getBytes(StandardCharsets.UTF_8)));
        contents.put(JAR, PackageContent.of(new byte[1_000]));
        return contents;
    }

    static byte[] bytes(PackageManifest manifest, Map<String, PackageContent> contents, List<Signer> signers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PackageWriter.write(out, manifest, contents, signers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
