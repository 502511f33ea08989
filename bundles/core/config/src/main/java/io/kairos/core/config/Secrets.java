package io.kairos.core.config;

import java.util.List;
import java.util.Locale;

/** Which values are shown to nobody. */
final class Secrets {

    /** Always the same length, so that it tells nothing. */
    static final String DOTS = "\u2022\u2022\u2022\u2022\u2022\u2022";

    private static final List<String> WORDS = List.of("passphrase", "password", "secret", "key");

    private Secrets() {}

    static String shown(String key, Object value) {
        String lower = key.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains) ? DOTS : String.valueOf(value);
    }
}
