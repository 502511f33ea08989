package io.kairos.admin.shell.identity;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Base32 of RFC 4648, section 6; reads lower case and does not ask for padding. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int GROUP = 8;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte next : bytes) {
            buffer = buffer << 8 | next & 0xff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                out.append(ALPHABET.charAt(buffer >> bits & 31));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            out.append(ALPHABET.charAt(buffer << 5 - bits & 31));
        }
        while (out.length() % GROUP != 0) {
            out.append('=');
        }
        return out.toString();
    }

    /** The bytes, or empty for anything that is not Base32. */
    static Optional<byte[]> decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String digits = text.replaceFirst("=+$", "");
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = ALPHABET.indexOf(Character.toUpperCase(digits.charAt(i)));
            if (value < 0) {
                return Optional.empty();
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out.write(buffer >> bits & 0xff);
                buffer &= (1 << bits) - 1;
            }
        }
        // left-over bits are padding and zero; a whole left-over digit belongs to no byte
        return bits >= 5 || buffer != 0 ? Optional.empty() : Optional.of(out.toByteArray());
    }
}
