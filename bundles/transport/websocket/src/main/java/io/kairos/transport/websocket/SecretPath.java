package io.kairos.transport.websocket;

import io.kairos.lib.medium.Checks;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The path that only the peers know. Prints nothing useful.
 *
 * @param text begins with a slash; letters, digits, {@code . _ ~ -} and slashes, so that no web server writes it otherwise
 */
record SecretPath(String text) {

    private static final int LEAST = 17;
    private static final int MOST = 200;
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    /** @throws io.kairos.api.failure.MeshException for one that can be guessed, or that web servers change */
    static SecretPath of(String key, String given) {
        String path = given == null ? "" : given.strip();
        if (path.length() < LEAST || path.length() > MOST) {
            throw Checks.refuse(
                    key + " does not have 16 to 199 characters after its first slash",
                    "Draw one: openssl rand -hex 16. Its peers need the same.");
        }
        if (!PLAIN.matcher(path).matches()) {
            throw Checks.refuse(
                    key + " is not a plain path",
                    "Begin with a slash; use letters, digits, - _ ~ and dots within, no slash at the end.");
        }
        return new SecretPath(path);
    }

    /** Takes the same time for every path. */
    boolean is(String path) {
        return MessageDigest.isEqual(digest(text), digest(path));
    }

    private static byte[] digest(String path) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SecretPath[…]";
    }
}
