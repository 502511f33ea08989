package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageKey;
import io.kairos.lib.plugin.PackageNames;
import io.kairos.lib.plugin.PackageVersion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All packages this node knows, as a value: a change makes another book. One line of text for each. */
record PackageBook(Map<String, InstalledPackage> byName) {

    private static final String HEAD = "kairos-packages 1";
    private static final String NONE = "-";

    static final PackageBook EMPTY = new PackageBook(Map.of());

    PackageBook {
        byName = Map.copyOf(byName);
    }

    Optional<InstalledPackage> known(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<InstalledPackage> installed(String name) {
        return known(name).filter(InstalledPackage::isInstalled);
    }

    /** What is installed, by name. */
    Collection<InstalledPackage> installed() {
        TreeMap<String, InstalledPackage> all = new TreeMap<>(byName);
        all.values().removeIf(known -> !known.isInstalled());
        return all.values();
    }

    PackageBook with(InstalledPackage changed) {
        Map<String, InstalledPackage> all = new TreeMap<>(byName);
        all.put(changed.name(), changed);
        return new PackageBook(all);
    }

    String toText() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        new TreeMap<>(byName)
                .values()
                .forEach(one -> text.append(String.join(
                                " ",
                                one.name(),
                                one.isInstalled() ? "installed" : "removed",
                                one.version().toString(),
                                one.digest(),
                                one.owner().text(),
                                one.highest().toString(),
                                one.previous().map(PackageVersion::toString).orElse(NONE)))
                        .append('\n'));
        return text.toString();
    }

    /**
     * Reads what {@link #toText} has written.
     *
     * @throws MalformedException where it is something else; it is never guessed what is installed
     */
    static PackageBook of(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
            throw new MalformedException("not a list of packages");
        }
        Map<String, InstalledPackage> all = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(" ", -1);
            if (parts.length != 7 || !PackageNames.isName(parts[0])) {
                throw new MalformedException("a line about a package cannot be read");
            }
            all.put(
                    parts[0],
                    new InstalledPackage(
                            parts[0],
                            parts[1].equals("installed"),
                            PackageVersion.of(parts[2]),
                            parts[3],
                            PackageKey.of(parts[4]),
                            PackageVersion.of(parts[5]),
                            parts[6].equals(NONE) ? Optional.empty() : Optional.of(PackageVersion.of(parts[6]))));
        }
        return new PackageBook(all);
    }
}
