package io.kairos.lib.configobj;

import io.kairos.api.failure.MeshException;
import java.util.Optional;

/** Replaces {@code %(name)s} by the value of another key, for one value. A bare percent sign stays. */
final class Names {

    private static final int MAXIMUM_CHARACTERS = 65_536;
    private static final int MAXIMUM_DEPTH = 10;
    private static final int MAXIMUM_NAMES = 1_000;
    private static final String DEFAULTS = "DEFAULT";

    private final ConfigSection section;
    private final String key;
    private int replaced;

    Names(ConfigSection section, String key) {
        this.section = section;
        this.key = key;
    }

    String replace(String text) {
        return replace(text, section, 0);
    }

    private String replace(String text, ConfigSection from, int depth) {
        int start = text.indexOf("%(");
        if (start < 0) {
            return text;
        }
        if (depth > MAXIMUM_DEPTH) {
            throw wrong("names refer to each other more than " + MAXIMUM_DEPTH + " times, or in a circle");
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (start >= 0) {
            int close = text.indexOf(')', start);
            if (close < 0 || close + 1 >= text.length() || text.charAt(close + 1) != 's') {
                start = close < 0 ? -1 : text.indexOf("%(", start + 2);
                continue;
            }
            if (++replaced > MAXIMUM_NAMES) {
                throw wrong("more than " + MAXIMUM_NAMES + " names are replaced");
            }
            String name = text.substring(start + 2, close);
            Found found = find(name, from).orElseThrow(() -> wrong("there is no value for %(" + name + ")s"));
            out.append(text, done, start).append(replace(found.text(), found.in(), depth + 1));
            if (out.length() > MAXIMUM_CHARACTERS) {
                throw wrong("the value is longer than " + MAXIMUM_CHARACTERS + " characters");
            }
            done = close + 2;
            start = text.indexOf("%(", done);
        }
        return out.append(text, done, text.length()).toString();
    }

    private Optional<Found> find(String name, ConfigSection from) {
        for (ConfigSection in = from; in != null; in = in.parent()) {
            Optional<String> own = in.raw(name);
            if (own.isPresent()) {
                return Optional.of(new Found(own.get(), in));
            }
            Optional<String> otherwise = in.section(DEFAULTS).flatMap(defaults -> defaults.raw(name));
            if (otherwise.isPresent()) {
                return Optional.of(new Found(otherwise.get(), in));
            }
        }
        return Optional.empty();
    }

    private MeshException wrong(String reason) {
        return section.wrong(key, reason, "Write the value itself instead of a name in %( )s.");
    }

    private record Found(String text, ConfigSection in) {}
}
