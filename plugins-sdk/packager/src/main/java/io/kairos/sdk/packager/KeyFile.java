package io.kairos.sdk.packager;

import io.kairos.api.crypto.Signer;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.crypto.jdk.JdkEd25519;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A private key on disk: Ed25519 as PKCS #8 in PEM, as OpenSSL writes it, with a passphrase or without. The file is readable
 * by its owner alone; where others can read it, it is not used.
 */
final class KeyFile {

    private static final Signer ED25519 = new JdkEd25519();

    /** What PKCS #8 puts before the seed of an Ed25519 key. */
    private static final byte[] BEFORE_SEED = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
    private static final int MOST_BYTES = 16_384;

    private KeyFile() {}

    /** Signs with a seed. */
    private record SeedSigner(PackageKey key, byte[] seed) implements PackageSigner {

        @Override
        public byte[] sign(byte[] message) {
            return ED25519.sign(seed, message);
        }
    }

    /**
     * Draws a key and writes it; an existing file is never overwritten.
     *
     * @param passphrase what the file is encrypted with; empty: nothing
     * @return the public key
     */
    static PackageKey create(Path file, Optional<char[]> passphrase) throws IOException {
        byte[] seed = ED25519.generatePrivateKey();
        byte[] encoded = Arrays.copyOf(BEFORE_SEED, BEFORE_SEED.length + seed.length);
        System.arraycopy(seed, 0, encoded, BEFORE_SEED.length, seed.length);
        String pem = passphrase.isPresent()
                ? pem(ENCRYPTED, Passphrase.encrypt(encoded, passphrase.get()))
                : pem(PLAIN, encoded);
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    file + " exists already",
                    "Name another file: whoever trusts the old key needs it for every update.",
                    e);
        }
        return PackageKey.ed25519(ED25519.publicKey(seed));
    }

    /**
     * Reads a key.
     *
     * @throws MeshException where the file is no such key, others can read it, or the passphrase is missing or wrong
     */
    static PackageSigner read(Path file, Optional<char[]> passphrase) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MeshException(
                    Failure.Kind.STORAGE, "There is no key " + file, "Make one: kairos:keygen, or keygen by hand.");
        }
        requirePrivate(file);
        if (Files.size(file) > MOST_BYTES) {
            throw notAKey(file);
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        byte[] encoded;
        if (text.contains("BEGIN " + ENCRYPTED)) {
            char[] given = passphrase.orElseThrow(() -> new MeshException(
                    Failure.Kind.CONFIGURATION,
                    "The key " + file + " needs its passphrase",
                    "Put it into the environment variable KAIROS_KEY_PASSPHRASE."));
            encoded = Passphrase.decrypt(body(file, text, ENCRYPTED), given);
        } else {
            encoded = body(file, text, PLAIN);
        }
        byte[] seed = seed(file, encoded);
        return new SeedSigner(PackageKey.ed25519(ED25519.publicKey(seed)), seed);
    }

    /** Whether a signature of a package is valid. */
    static boolean verify(PackageKey key, byte[] message, byte[] signature) {
        return key.algorithm().equals(PackageKey.ED25519) && ED25519.verify(key.raw(), message, signature);
    }

    private static byte[] seed(Path file, byte[] encoded) {
        try {
            EdECPrivateKey key = (EdECPrivateKey)
                    KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return key.getBytes().orElseThrow();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw notAKey(file);
        }
    }

    private static void requirePrivate(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
        boolean isOpen =
                granted.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
        if (isOpen) {
            throw new MeshException(
                    Failure.Kind.POLICY,
                    "Others may read or change the key " + file,
                    "chmod 600 " + file + "; where somebody may have read it, draw a new one.");
        }
    }

    private static String pem(String kind, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }

    private static byte[] body(Path file, String text, String kind) {
        String begin = "-----BEGIN " + kind + "-----";
        String end = "-----END " + kind + "-----";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw notAKey(file);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw notAKey(file);
        }
    }

    private static MeshException notAKey(Path file) {
        return new MeshException(
                Failure.Kind.STORAGE,
                file + " is not an Ed25519 private key",
                "Keys come from kairos:keygen, or from openssl genpkey -algorithm ed25519.");
    }
}
