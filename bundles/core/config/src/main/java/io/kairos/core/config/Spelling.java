package io.kairos.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the key that an operator probably meant. */
final class Spelling {

    private static final int MAX_LENGTH = 100;

    private Spelling() {}

    static Optional<String> closest(String word, Collection<String> known) {
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String wanted = bare(word);
        int tolerated = Math.max(1, Math.min(3, wanted.length() / 3));
        return known.stream()
                .filter(candidate -> distance(wanted, bare(candidate)) <= tolerated)
                .min(Comparator.comparingInt((String candidate) -> distance(wanted, bare(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Dots, underscores and hyphens are the usual confusion and count for nothing. */
    private static String bare(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[._-]", "");
    }

    /** How many letters have to be added, removed or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
