package io.kairos.admin.update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How the node is at one moment; two of them tell whether a version is at least as good as the one before.
 *
 * @param identities network, name and hash of each identity of the node
 * @param up names of interfaces over which packets go
 * @param configured names of all interfaces
 * @param errors how many errors each part of the node reports; their words may change from version to version
 * @param words these errors in words
 * @param idle bundles of the distribution that should run and do not, in words
 */
record Impression(
        Set<String> identities,
        Set<String> up,
        Set<String> configured,
        Map<String, Integer> errors,
        List<String> words,
        List<String> idle) {

    private static final String IDENTITY = "identity ";
    private static final String INTERFACE = "interface ";
    private static final String ERROR = "error ";

    Impression {
        identities = Set.copyOf(identities);
        up = Set.copyOf(up);
        configured = Set.copyOf(configured);
        errors = Map.copyOf(errors);
        words = List.copyOf(words);
        idle = List.copyOf(idle);
    }

    /** What a later version needs to know. */
    String toText() {
        StringBuilder text = new StringBuilder();
        new TreeSet<>(identities)
                .forEach(one -> text.append(IDENTITY).append(one).append('\n'));
        new TreeSet<>(up).forEach(one -> text.append(INTERFACE).append(one).append('\n'));
        new TreeMap<>(errors)
                .forEach((part, count) -> text.append(ERROR)
                        .append(count)
                        .append(' ')
                        .append(part)
                        .append('\n'));
        return text.toString();
    }

    /** Reads what {@link #toText} has written; lines of later versions are left alone. */
    static Impression of(List<String> lines) {
        Map<String, Integer> errors = new HashMap<>();
        rest(lines, ERROR).forEach(text -> {
            int space = text.indexOf(' ');
            if (space > 0 && text.substring(0, space).matches("\\d{1,6}")) {
                errors.put(text.substring(space + 1), Integer.valueOf(text.substring(0, space)));
            }
        });
        return new Impression(rest(lines, IDENTITY), rest(lines, INTERFACE), Set.of(), errors, List.of(), List.of());
    }

    private static Set<String> rest(List<String> lines, String lead) {
        return lines.stream()
                .filter(line -> line.startsWith(lead))
                .map(line -> line.substring(lead.length()))
                .collect(Collectors.toSet());
    }

    /** What is worse than before, in words; empty where nothing is. */
    List<String> worseThan(Impression before) {
        List<String> problems = new ArrayList<>(idle);
        missing(before.identities, identities::contains)
                .forEach(one -> problems.add("identity " + one + " is not there"));
        if (identities.isEmpty()) {
            problems.add("the node has no identity yet");
        }
        missing(before.up, configured::contains).forEach(one -> problems.add("interface " + one + " is not there"));
        boolean hasNew = errors.entrySet().stream()
                .anyMatch(one -> one.getValue() > before.errors.getOrDefault(one.getKey(), 0));
        if (hasNew) {
            words.forEach(word -> problems.add("the node says: " + word));
        }
        return problems;
    }

    private static Set<String> missing(Set<String> wanted, Predicate<String> isThere) {
        return wanted.stream().filter(isThere.negate()).collect(Collectors.toCollection(TreeSet::new));
    }
}
