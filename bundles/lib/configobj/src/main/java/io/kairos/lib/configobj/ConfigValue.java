package io.kairos.lib.configobj;

import java.util.List;

/**
 * What stands behind an equals sign, before names are replaced.
 *
 * @param items one, or those of a list
 * @param isList whether a comma made it a list
 */
record ConfigValue(List<String> items, boolean isList) {

    static ConfigValue single(String text) {
        return new ConfigValue(List.of(text), false);
    }

    static ConfigValue list(List<String> items) {
        return new ConfigValue(List.copyOf(items), true);
    }
}
