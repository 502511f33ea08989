package io.kairos.admin.shell.iface;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.admin.Configurations;
import io.kairos.api.admin.Configurations.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an operator wants to add, checked.
 *
 * @param name of the new interface
 * @param settings all settings given
 */
record AddRequest(String name, Map<String, String> settings) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** Reads {@code key=value} words; {@code name} is short for the setting that names the interface. */
    static AddRequest of(InterfaceKind kind, List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        Arguments.pairs(words).forEach((key, value) -> given.put(key.equals("name") ? Setting.NAME : key, value));
        given.keySet().stream()
                .filter(key -> kind.setting(key).isEmpty())
                .findFirst()
                .ifPresent(key -> {
                    throw Arguments.wrong(
                            "%s has no setting '%s'.".formatted(kind.kind(), key),
                            "Its settings are: name, "
                                    + String.join(
                                            ", ",
                                            kind.settings().stream()
                                                    .map(Setting::key)
                                                    .filter(known -> !known.equals(Setting.NAME))
                                                    .toList())
                                    + ".");
                });
        String name = given.get(Setting.NAME);
        if (name == null) {
            throw Arguments.wrong(
                    "The new interface has no name.",
                    "Add name=<name>: short and unique on this node, for example vps-eu.");
        }
        requireName(name);
        kind.settings().stream()
                .filter(setting -> setting.mustBeGiven() && !given.containsKey(setting.key()))
                .findFirst()
                .ifPresent(setting -> {
                    throw Arguments.wrong(
                            "%s needs the setting %s.".formatted(kind.kind(), setting.key()),
                            "Add %s=<%s>. iface:example %s tells what it means."
                                    .formatted(setting.key(), setting.type(), kind.kind()));
                });
        return new AddRequest(name, given);
    }

    /** Refuses what cannot be the name of an interface. */
    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Arguments.wrong(
                    "'%s' is no name for an interface.".formatted(name),
                    "Use up to 64 letters, digits, dots, hyphens and underscores, beginning with a letter or digit.");
        }
    }

    /** Asks whoever checks settings before they take effect; without one the interface itself will tell. */
    void check(InterfaceKind kind, Optional<Configurations> checker) {
        List<Problem> problems =
                checker.map(checks -> checks.check(kind.pid(), settings)).orElse(List.of());
        if (!problems.isEmpty()) {
            Problem first = problems.get(0);
            String more = problems.size() == 1 ? "" : " (and %d more)".formatted(problems.size() - 1);
            throw Arguments.wrong(
                    "%s = %s is refused: %s%s".formatted(first.key(), first.value(), first.reason(), more),
                    first.remedy() + " Nothing was changed.");
        }
    }
}
