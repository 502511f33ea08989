package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The private keys of an identity as text: 128 hexadecimal digits, Base32 or Base64. */
final class KeyText {

    /** X25519 private key and Ed25519 seed. */
    static final int BYTES = 64;

    private static final int HEX_DIGITS = 2 * BYTES;

    private KeyText() {}

    /** What is shown on a screen, with the warning that belongs to it. */
    static String screen(String name, byte[] keys) {
        return """
            WARNING: whoever has one of these texts is '%s' for good. Nobody should look over your shoulder, and
            the screen may be kept by the terminal. A file is safer: identity:export %s -f <file>

            Base32  %s
            Hex     %s
            """.formatted(name, name, Base32.encode(keys), HexFormat.of().formatHex(keys));
    }

    /** Reads every form; white space is ignored. */
    static byte[] parse(String text) {
        return bytes(text)
                .orElseThrow(() -> Arguments.wrong(
                        "This is neither an existing file nor the text of private keys.",
                        "Give the path of an identity file (%d bytes), %d hexadecimal digits, or the Base32 text that"
                                        .formatted(BYTES, HEX_DIGITS)
                                + " identity:export shows."));
    }

    /** The 64 bytes of both keys, private or public; empty for any other text. */
    static Optional<byte[]> bytes(String text) {
        String digits = text.replaceAll("\\s", "");
        for (KeyEncoding form : KeyEncoding.values()) {
            Optional<byte[]> keys = form.decode(digits);
            if (keys.isPresent() && keys.get().length == BYTES) {
                return keys;
            }
            keys.ifPresent(other -> Arrays.fill(other, (byte) 0));
        }
        return Optional.empty();
    }
}
