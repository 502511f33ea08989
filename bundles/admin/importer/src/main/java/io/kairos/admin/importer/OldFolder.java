package io.kairos.admin.importer;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of a Reticulum program. Only ever read, and never more of it than a bound says. */
final class OldFolder {

    private static final int DEPTH = 6;
    private static final int MOST_FILES = 10_000;

    private final Path folder;

    OldFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    folder + " is no folder.",
                    "Give the folder of a Reticulum program, for example ~/.reticulum.");
        }
        this.folder = folder;
    }

    /** The name of the folder itself, without a leading dot; names what comes from it. */
    String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "imported" : last.toString();
        return name.startsWith(".") ? name.substring(1) : name;
    }

    /** How a file is called in reports: its way below the folder. */
    String shown(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    Optional<Path> file(String way) {
        Path file = folder.resolve(way);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** The files directly in a folder, sorted; none where it does not exist. */
    List<Path> filesIn(String way) {
        Path in = folder.resolve(way);
        if (!Files.isDirectory(in)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(in)) {
            return files.filter(Files::isRegularFile).limit(MOST_FILES).sorted().toList();
        } catch (IOException e) {
            throw unreadable(in, e);
        }
    }

    /** Files whose name has this ending, wherever they are below the folder. */
    List<Path> ending(String suffix) {
        try (Stream<Path> files = Files.find(
                folder,
                DEPTH,
                (path, is) -> is.isRegularFile() && path.toString().endsWith(suffix))) {
            return files.limit(MOST_FILES).sorted().toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The whole file, or empty where it is longer than {@code most} bytes. */
    static Optional<byte[]> read(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static MeshException unreadable(Path file, IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                file + " could not be read: " + cause,
                "Check that the user who runs Kairos may read it.",
                cause);
    }
}
