package io.kairos.core.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the roles of a node say together: who comes first, and what holds for a configuration. Immutable.
 *
 * @param roles the role that comes first stands first
 */
record RoleOrder(List<Entry> roles) {

    private static final String BELOW = ".*";

    /** A role and what it says, copied when it came. */
    record Entry(String name, int ranking, Map<String, Map<String, String>> defaults) {
        Entry {
            defaults = Collections.unmodifiableMap(new TreeMap<>(defaults));
        }
    }

    /** One value for one key. */
    record Say(String role, String pid, String value) {}

    RoleOrder {
        roles = roles.stream()
                .sorted(Comparator.comparingInt(Entry::ranking).reversed().thenComparing(Entry::name))
                .toList();
    }

    RoleOrder with(Entry one) {
        List<Entry> all = new ArrayList<>(roles);
        all.add(one);
        return new RoleOrder(all);
    }

    @SuppressWarnings("ReferenceEquality") // while a role is updated two may say the same; one of them leaves
    RoleOrder without(Entry one) {
        return new RoleOrder(roles.stream().filter(entry -> entry != one).toList());
    }

    /** For each key what the roles say about this configuration; the first of each list is what counts. */
    Map<String, List<Say>> about(String declaredAs) {
        Map<String, List<Say>> says = new TreeMap<>();
        for (Entry role : roles) {
            keys(role, declaredAs)
                    .forEach(key -> say(role, declaredAs, key)
                            .ifPresent(say -> says.computeIfAbsent(key, any -> new ArrayList<>())
                                    .add(say)));
        }
        return says;
    }

    /** What counts, by key. */
    Map<String, String> values(String declaredAs) {
        Map<String, String> values = new TreeMap<>();
        about(declaredAs).forEach((key, says) -> values.put(key, says.get(0).value()));
        return values;
    }

    /** The PIDs that exist once and that some role names. */
    Set<String> singles() {
        Set<String> singles = new TreeSet<>();
        roles.forEach(role -> singles.addAll(role.defaults().keySet()));
        singles.removeIf(pid -> !isSingle(pid));
        return singles;
    }

    /** Whether it is the PID of one configuration; interfaces and networks exist several times. */
    static boolean isSingle(String pid) {
        return pid.startsWith("io.kairos.")
                && !pid.endsWith(BELOW)
                && !pid.startsWith("io.kairos.transport.")
                && !pid.equals("io.kairos.network");
    }

    static boolean covers(String pid, String declaredAs) {
        return pid.endsWith(BELOW) ? declaredAs.startsWith(pid.substring(0, pid.length() - 1)) : pid.equals(declaredAs);
    }

    private static Set<String> keys(Entry role, String declaredAs) {
        Set<String> keys = new TreeSet<>();
        role.defaults().forEach((pid, values) -> {
            if (covers(pid, declaredAs)) {
                keys.addAll(values.keySet());
            }
        });
        return keys;
    }

    /** The exact PID wins over one that stands for many, the longer of those over the shorter. */
    private static Optional<Say> say(Entry role, String declaredAs, String key) {
        return role.defaults().entrySet().stream()
                .filter(entry ->
                        covers(entry.getKey(), declaredAs) && entry.getValue().containsKey(key))
                .max(Comparator.comparing((Map.Entry<String, Map<String, String>> entry) ->
                                !entry.getKey().endsWith(BELOW))
                        .thenComparing(entry -> entry.getKey().length()))
                .map(entry ->
                        new Say(role.name(), entry.getKey(), entry.getValue().get(key)));
    }
}
