package io.kairos.core.store;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What an operator reads when the disk refuses. */
final class StorageFailures {

    private static final long TIGHT_BYTES = 1_048_576;

    private StorageFailures() {}

    static MeshException folder(Path folder, IOException cause) {
        if (isFull(folder, cause)) {
            return full(folder, cause);
        }
        return failure(
                "The folder of the store %s cannot be used: %s".formatted(folder, reason(cause)),
                "Make sure that it exists, is not mounted read-only and belongs to the user the node runs as, or set "
                        + "folder in etc/io.kairos.core.store.cfg.",
                cause);
    }

    static MeshException write(DocumentName document, Path folder, IOException cause) {
        if (isFull(folder, cause)) {
            return full(folder, cause);
        }
        return failure(
                "A document in %s cannot be written: %s; what was there before is untouched"
                        .formatted(document.shown(), reason(cause)),
                "Check that %s is writable for the user the node runs as and that its disk is well.".formatted(folder),
                cause);
    }

    static MeshException read(DocumentName document, Path folder, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return failure(
                    "A document in %s may not be read by the user the node runs as".formatted(document.shown()),
                    "Give the folder back to that user: chown -R USER %s".formatted(folder),
                    cause);
        }
        return failure(
                "A document in %s is damaged, and so is its previous generation, or there is none: %s"
                        .formatted(document.shown(), reason(cause)),
                "Stop the node, restore %s from a backup, and check the disk.".formatted(folder),
                cause);
    }

    static MeshException content(DocumentName document, IOException cause) {
        return failure(
                "A document in %s is whole but cannot be understood: %s".formatted(document.shown(), reason(cause)),
                "It was probably written by another version: install that version again, and report this.",
                cause);
    }

    static MeshException version(DocumentName document, int found, int newest) {
        return failure(
                "A document in %s has format %d; this version of Kairos writes format %d"
                        .formatted(document.shown(), found, newest),
                "Install a version of Kairos that knows this format; versions read their own and the one before.",
                null);
    }

    static MeshException setting(String value, InvalidPathException cause) {
        return new MeshException(
                Failure.Kind.CONFIGURATION,
                "folder = %s is not a path: %s".formatted(value, cause.getReason()),
                "Correct folder in etc/io.kairos.core.store.cfg, or remove it for the default.",
                cause);
    }

    /** The reason without paths, which may hold addresses. */
    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "a file is missing";
        }
        if (cause instanceof FileSystemException system) {
            return system.getReason() == null ? system.getClass().getSimpleName() : system.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean isFull(Path folder, IOException cause) {
        String reason = reason(cause).toLowerCase(Locale.ROOT);
        if (reason.contains("no space left") || reason.contains("quota") || reason.contains("not enough space")) {
            return true;
        }
        try {
            return !(cause instanceof AccessDeniedException)
                    && Files.getFileStore(folder).getUsableSpace() < TIGHT_BYTES;
        } catch (IOException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    private static MeshException full(Path folder, IOException cause) {
        return failure(
                "The disk that holds %s is full; nothing that was stored before is lost".formatted(folder),
                "Make room on that disk, or move the folder to a larger one and set folder in "
                        + "etc/io.kairos.core.store.cfg.",
                cause);
    }

    private static MeshException failure(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.STORAGE, message, remedy, cause);
    }
}
