package io.kairos.messaging.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The folder whose files others may fetch. Nothing leads out of it: no dots, no absolute way, no link. */
final class Jail {

    private static final int LONGEST_NAME = 4_096;

    private final Path folder;

    Jail(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** What a name means. */
    enum Verdict {
        FOUND,
        MISSING,
        OUTSIDE
    }

    /**
     * An answer.
     *
     * @param verdict what the name means
     * @param file the file, free of links, where it was found
     */
    record Found(Verdict verdict, Optional<Path> file) {}

    /** Finds a file by the name that somebody else gave; an absolute way counts where it begins with the folder's. */
    Found find(String name) {
        try {
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
                return outside();
            }
            Path wanted = folder.resolve(name).normalize();
            if (!wanted.startsWith(folder)) {
                return outside();
            }
            if (!Files.isRegularFile(wanted)) {
                return new Found(Verdict.MISSING, Optional.empty());
            }
            Path real = wanted.toRealPath();
            return real.startsWith(folder.toRealPath()) ? new Found(Verdict.FOUND, Optional.of(real)) : outside();
        } catch (InvalidPathException e) {
            return outside();
        } catch (IOException e) {
            return new Found(Verdict.MISSING, Optional.empty());
        }
    }

    private static Found outside() {
        return new Found(Verdict.OUTSIDE, Optional.empty());
    }
}
