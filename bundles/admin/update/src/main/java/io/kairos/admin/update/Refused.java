package io.kairos.admin.update;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.nio.file.NoSuchFileException;

/** Failures of this bundle. */
final class Refused {

    private static final String MISSING = "missing requirement ";

    private Refused() {}

    /** A package that may not be installed. */
    static MeshException policy(String message, String remedy) {
        return new MeshException(Failure.Kind.POLICY, message, remedy);
    }

    static MeshException wrong(String message, String remedy) {
        return new MeshException(Failure.Kind.CONFIGURATION, message, remedy);
    }

    static MeshException storage(String message, Throwable cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                message + ": " + text(cause),
                "Check free space and permissions of the node's data folder, then try again.",
                cause);
    }

    /** The last cause of a failed resolution, which is the one that helps; the resolver tells all of them in one line. */
    static String missing(Throwable thrown) {
        String first = text(thrown).lines().findFirst().orElse("");
        int last = first.lastIndexOf(MISSING);
        return last < 0
                ? first
                : "it misses " + first.substring(last + MISSING.length()).replaceAll("]+$", "");
    }

    static String text(Throwable thrown) {
        if (thrown instanceof NoSuchFileException) {
            return "there is no " + thrown.getMessage();
        }
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }
}
