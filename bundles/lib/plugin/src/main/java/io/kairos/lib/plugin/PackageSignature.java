package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One signature of a manifest.
 *
 * @param algorithm for example {@code ed25519}; unknown ones are read and left alone
 * @param keyId {@link PackageKey#id()} of the key
 * @param base64 the signature
 */
public record PackageSignature(String algorithm, String keyId, String base64) {

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");
    private static final int MOST_BYTES = 16_384;

    public PackageSignature {
        Objects.requireNonNull(algorithm, "algorithm");
        PackageNames.check(PackageKey.ALGORITHM.matcher(algorithm).matches(), algorithm, "the name of an algorithm");
        PackageNames.check(KEY_ID.matcher(keyId).matches(), keyId, "a key's id");
        if (Base64Text.decode(base64, MOST_BYTES, "a signature").length == 0) {
            throw new MalformedException("an empty signature");
        }
    }

    /** A signature made with a key. */
    public static PackageSignature of(PackageKey key, byte[] signature) {
        return new PackageSignature(
                key.algorithm(), key.id(), Base64.getEncoder().encodeToString(signature));
    }

    /** The signature's bytes. */
    public byte[] raw() {
        return Base64.getDecoder().decode(base64);
    }
}
