package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys as web servers keep them. */
final class PemFiles {

    private static final int MOST_BYTES = 1 << 20;
    private static final String TRIED_AGAIN = " Kairos tries again by itself.";
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PemFiles() {}

    /**
     * All certificates of a file, in its order.
     *
     * @param setting named in the failure
     */
    static List<X509Certificate> certificates(String setting, Path file) {
        byte[] bytes = read(setting, file);
        try {
            List<X509Certificate> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (all.isEmpty()) {
                throw new CertificateException("none");
            }
            return all;
        } catch (CertificateException e) {
            throw failure(setting + " has no certificate that can be read", "It must be a PEM file." + TRIED_AGAIN, e);
        }
    }

    /** The key of a file, in the form that begins with {@code BEGIN PRIVATE KEY}. */
    static PrivateKey key(String setting, Path file) {
        Matcher found = KEY.matcher(new String(read(setting, file), StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw failure(
                    setting + " has no key that can be read",
                    "It must be a PEM file without a passphrase that begins with BEGIN PRIVATE KEY;"
                            + " 'openssl pkcs8 -topk8 -nocrypt' makes it of others." + TRIED_AGAIN,
                    null);
        }
        GeneralSecurityException last = null;
        for (String algorithm : ALGORITHMS) {
            try {
                byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw failure(setting + " has a key of an unknown kind", "Use one of EC, RSA or Ed25519." + TRIED_AGAIN, last);
    }

    private static byte[] read(String setting, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw failure(setting + " is longer than a certificate or key can be", "Correct the setting.", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failure(
                    setting + " cannot be read: " + e.getClass().getSimpleName(),
                    "Check that the file exists and that the node's user may read it." + TRIED_AGAIN,
                    e);
        }
    }

    private static MeshException failure(String message, String remedy, Exception cause) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy, cause);
    }
}
