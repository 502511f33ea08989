package io.kairos.admin.update;

import io.kairos.api.failure.MalformedException;
import io.kairos.lib.plugin.PackageVersion;
import java.util.List;
import java.util.Optional;

/**
 * A change that has begun: written before anything is touched, removed after everything is settled.
 *
 * @param from version before; empty where none was installed
 * @param to version wanted; empty where it is removed
 * @param newConfigurations configurations that the change makes, and its undoing removes
 * @param newFiles places of files likewise, below {@code etc}
 */
record Journal(
        String name,
        Optional<PackageVersion> from,
        Optional<PackageVersion> to,
        List<String> newConfigurations,
        List<String> newFiles) {

    private static final String HEAD = "kairos-change 1";
    private static final String NONE = "-";

    String toText() {
        return String.join(
                        "\n",
                        HEAD,
                        name,
                        from.map(PackageVersion::toString).orElse(NONE),
                        to.map(PackageVersion::toString).orElse(NONE),
                        String.join(" ", newConfigurations),
                        String.join(" ", newFiles))
                + "\n";
    }

    static Journal of(List<String> lines) {
        boolean isComplete = lines.size() == 5 || lines.size() == 6; // five before there were files
        if (!isComplete || !lines.get(0).equals(HEAD)) {
            throw new MalformedException("not a journal");
        }
        return new Journal(
                lines.get(1),
                version(lines.get(2)),
                version(lines.get(3)),
                words(lines.get(4)),
                lines.size() == 5 ? List.of() : words(lines.get(5)));
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(" "));
    }

    private static Optional<PackageVersion> version(String text) {
        return text.equals(NONE) ? Optional.empty() : Optional.of(PackageVersion.of(text));
    }
}
