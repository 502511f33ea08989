package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.CryptoSuite;
import io.kairos.api.crypto.Token;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What all users of a stick network share (docs/protocol/sneakernet.md, keys). A stick is lost sooner or later, so
 * guessing a passphrase has to be slow. Prints nothing useful.
 */
final class NetworkKey {

    static final int BYTES = 32;

    private static final int ROUNDS = 600_000;
    private static final String SALT = "kairos sneakernet 1 ";
    private static final byte[] PARCELS = "kairos sneakernet 1 parcels".getBytes(StandardCharsets.US_ASCII);

    private final byte[] key;

    private NetworkKey(byte[] key) {
        this.key = key;
    }

    /** The key itself, 64 hexadecimal digits. */
    static NetworkKey ofHex(String digits) {
        byte[] key = HexFormat.of().parseHex(digits);
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key has " + BYTES + " bytes, got " + key.length);
        }
        return new NetworkKey(key);
    }

    /** Takes about a second, on a small board several. */
    static NetworkKey ofPassphrase(String passphrase, String network) {
        try {
            PBEKeySpec spec = new PBEKeySpec(
                    passphrase.toCharArray(), (SALT + network).getBytes(StandardCharsets.UTF_8), ROUNDS, 8 * BYTES);
            try {
                return new NetworkKey(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded());
            } finally {
                spec.clearPassword();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 runtime has PBKDF2WithHmacSHA256", e);
        }
    }

    /** Encrypts and authenticates everything on a stick. */
    Token token(CryptoSuite suite) {
        return suite.token(suite.deriveKey(Token.Mode.AES_256_CBC.keyBytes(), key, null, PARCELS));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "NetworkKey[…]";
    }
}
