package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A public key that signs packages.
 *
 * @param algorithm lower-case letters, digits and {@code -}, for example {@code ed25519}
 * @param base64 the raw key
 */
public record PackageKey(String algorithm, String base64) {

    /** The one algorithm of format 1. */
    public static final String ED25519 = "ed25519";

    static final Pattern ALGORITHM = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

    private static final int ED25519_BYTES = 32;
    private static final int MOST_BYTES = 8_192;
    private static final int ID_BYTES = 8;

    /**
     * Checks the form of the key.
     *
     * @throws MalformedException where it is none
     */
    public PackageKey {
        Objects.requireNonNull(algorithm, "algorithm");
        PackageNames.check(ALGORITHM.matcher(algorithm).matches(), algorithm, "the name of an algorithm");
        byte[] raw = Base64Text.decode(base64, MOST_BYTES, "a key");
        if (raw.length == 0 || algorithm.equals(ED25519) && raw.length != ED25519_BYTES) {
            throw new MalformedException("a public key of " + raw.length + " bytes; ed25519 has " + ED25519_BYTES);
        }
    }

    /** The Ed25519 key of these 32 bytes. */
    public static PackageKey ed25519(byte[] raw) {
        return new PackageKey(ED25519, Base64.getEncoder().encodeToString(raw));
    }

    /**
     * Reads {@code ed25519:<base64>}.
     *
     * @throws MalformedException where it is something else
     */
    public static PackageKey of(String text) {
        int colon = text.indexOf(':');
        PackageNames.check(colon > 0, text, "a public key such as ed25519:<base64>");
        return new PackageKey(text.substring(0, colon), text.substring(colon + 1));
    }

    /** The key's bytes. */
    public byte[] raw() {
        return Base64.getDecoder().decode(base64);
    }

    /** A short name that both sides compute: the first eight bytes of the SHA-256 of {@link #text()}, in hexadecimal. */
    public String id() {
        byte[] hash = Digests.sha256(text().getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /** As people write it: {@code ed25519:<base64>}. */
    public String text() {
        return algorithm + ":" + base64;
    }

    @Override
    public String toString() {
        return text();
    }
}
