package io.kairos.test.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that others wrote and that a test talks to. Where {@code KAIROS_COUNTERPARTS=required} is set, as {@code ./kairos
 * test} does, a missing program fails the test; elsewhere the test is not run and says which Debian package it wants.
 */
public final class Counterpart {

    private static final String WISH = "KAIROS_COUNTERPARTS";

    /** Daemons lie where a user's path does not look. */
    private static final List<String> FURTHER_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Counterpart() {}

    /**
     * Where the program is.
     *
     * @param name file name of the program
     * @param debianPackage what has to be installed to get it
     */
    public static Path program(String name, String debianPackage) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            String missing = "%s is not installed: apt-get install %s".formatted(name, debianPackage);
            if (isRequired()) {
                Assertions.fail(missing);
            }
            Assumptions.abort("not run, " + missing);
        }
        return found.orElseThrow();
    }

    /** Goes on where a condition of the machine holds, such as the right to make network namespaces; the same rule. */
    public static void needs(boolean condition, String what) {
        if (!condition && isRequired()) {
            Assertions.fail(what);
        }
        Assumptions.assumeTrue(condition, "not run, " + what);
    }

    private static boolean isRequired() {
        return "required".equals(System.getenv(WISH));
    }

    private static Optional<Path> find(String name) {
        Stream<String> path = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Stream.concat(path, FURTHER_FOLDERS.stream())
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
