package io.kairos.core.link;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for what is being received; nothing in it outlives the node. */
public final class SpoolFolder {

    private SpoolFolder() {}

    /** Makes the folder, or empties it of what a crash has left. */
    public static Path emptied(Path folder) {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The folder for received files cannot be used: " + folder,
                    "Check that the disk is not full and that the folder belongs to the user of the node.",
                    e);
        }
    }
}
