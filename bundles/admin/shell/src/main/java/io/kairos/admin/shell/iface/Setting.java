package io.kairos.admin.shell.iface;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting that a kind of interface understands.
 *
 * @param key how the operator writes it
 * @param name its title
 * @param description what it means; may be empty
 * @param type what values look like, for example {@code whole number}
 * @param otherwise the value where the operator says nothing; empty where there is none
 * @param required whether it must be given
 * @param options the only values there are; empty where any is possible
 * @param shared whether every interface has it, whatever its kind
 */
record Setting(
        String key,
        String name,
        String description,
        String type,
        Optional<String> otherwise,
        boolean required,
        List<String> options,
        boolean shared) {

    /** Names the interface, whatever its kind. */
    static final String NAME = "interface.name";

    /** Switches the interface on and off. */
    static final String ENABLED = "enabled";

    private static final Pattern SECRET = Pattern.compile("passphrase|password|secret|token|private");

    /** Whether a value must not be shown. */
    static boolean isSecret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    /** Whether the operator has to give it because nothing else would be used. */
    boolean mustBeGiven() {
        return required && otherwise.isEmpty();
    }
}
