package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageNames;
import io.kairos.lib.plugin.PackageVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plugin that a version of the node goes on without, because it would not work there; one line of {@link VersionFolder#WITHOUT}.
 *
 * @param node name of the version of the node
 * @param version of the plugin; another one is not meant
 * @param bundles names of its bundles
 * @param why in words
 */
record LeftOut(String node, String name, PackageVersion version, Set<String> bundles, String why) {

    private static final String NONE = "-";

    /** Those of a version that no framework runs yet have to be found before it is tried. */
    interface Finder {

        /**
         * Finds the plugins that would not work.
         *
         * @param distribution where the version lies
         */
        List<LeftOut> in(PackageVersion version, Path distribution) throws IOException;
    }

    String toLine() {
        String names = bundles.isEmpty() ? NONE : String.join(",", bundles);
        return String.join(" ", node, name, version.toString(), names, why.replaceAll("\\s+", " ")) + "\n";
    }

    String told() {
        return name + " " + version + ": " + why;
    }

    /** Reads what {@link #toLine} has written; empty where it is something else. */
    static Optional<LeftOut> of(String line) {
        String[] parts = line.split(" ", 5);
        if (parts.length != 5 || !PackageNames.isName(parts[1])) {
            return Optional.empty();
        }
        try {
            Set<String> bundles = parts[3].equals(NONE) ? Set.of() : Set.copyOf(List.of(parts[3].split(",")));
            return Optional.of(new LeftOut(parts[0], parts[1], PackageVersion.of(parts[2]), bundles, parts[4]));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
