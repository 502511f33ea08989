package io.kairos.lib.plugin;

import io.kairos.api.failure.MalformedException;
import java.util.Base64;

/** Base64 with one text for each value. */
final class Base64Text {

    private Base64Text() {}

    static byte[] decode(String text, int most, String what) {
        if (text.length() > most * 2) {
            throw new MalformedException(what + " is too long");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // told below, like another way to write the same
        }
        throw new MalformedException(what + " is not plain base64");
    }
}
