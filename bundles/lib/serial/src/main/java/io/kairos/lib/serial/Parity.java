package io.kairos.lib.serial;

import java.util.Locale;
import java.util.Optional;

/** The check bit behind each byte. */
public enum Parity {
    NONE("none", "n"),
    EVEN("even", "e"),
    ODD("odd", "o");

    private final String word;
    private final String letter;

    Parity(String word, String letter) {
        this.word = word;
        this.letter = letter;
    }

    /** Reads a word or its first letter, as Reticulum's configuration files have them; whether capital does not matter. */
    public static Optional<Parity> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (Parity parity : values()) {
            if (parity.word.equals(wanted) || parity.letter.equals(wanted)) {
                return Optional.of(parity);
            }
        }
        return Optional.empty();
    }

    /** The word an operator writes. */
    public String word() {
        return word;
    }
}
