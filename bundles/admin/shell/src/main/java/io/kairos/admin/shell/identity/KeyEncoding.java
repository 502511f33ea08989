package io.kairos.admin.shell.identity;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes as text, in the forms that rnid writes and reads. */
enum KeyEncoding {
    HEX,
    BASE32,
    /** With the alphabet for addresses (RFC 4648, section 5) and padding. */
    BASE64;

    String encode(byte[] bytes) {
        return switch (this) {
            case HEX -> HexFormat.of().formatHex(bytes);
            case BASE32 -> Base32.encode(bytes);
            case BASE64 -> Base64.getUrlEncoder().encodeToString(bytes);
        };
    }

    /** The bytes, or empty for anything that is not in this form. */
    Optional<byte[]> decode(String text) {
        try {
            return switch (this) {
                case HEX -> Optional.of(HexFormat.of().parseHex(text));
                case BASE32 -> Base32.decode(text);
                case BASE64 -> Optional.of(Base64.getUrlDecoder().decode(text));
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
