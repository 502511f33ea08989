package io.kairos.core.config;

import java.util.List;
import java.util.Locale;

/** Which values are shown to nobody. */
final class Secrets {

    /** Always the same length, so that it tells nothing. */
    static final String DOTS = "\u2022\u2022\u2022\u2022\u2022\u2022";

    private static final List<String> WORDS = List.of("passphrase", "password", "secret", "key");

    private static final List<String> ADDRESSES = List.of("host", "address", "peer");

    private Secrets() {}

    /** Whether the value may be the address of somebody, which no log shows. */
    static boolean isAddress(String key) {
        return contains(key, ADDRESSES);
    }

    static String shown(String key, Object value) {
        return contains(key, WORDS) ? DOTS : String.valueOf(value);
    }

    private static boolean contains(String key, List<String> words) {
        return words.stream().anyMatch(key.toLowerCase(Locale.ROOT)::contains);
    }
}
