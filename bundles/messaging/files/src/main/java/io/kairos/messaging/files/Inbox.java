package io.kairos.messaging.files;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.link.ResourceData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Saves files in one folder. A file appears under its name when it is complete, in one step; a link that lies there under
 * that name is never followed.
 *
 * <p>Threads: any that may block on the disk.
 */
final class Inbox {

    /** Never used up by files of others. */
    static final long RESERVE_BYTES = 64L << 20;

    private static final int MOST_NUMBERS = 10_000;
    private static final String DRAFT = ".kairos-";

    private final Path folder;
    private final boolean overwrite;

    Inbox(Path folder, boolean overwrite) {
        this.folder = folder;
        this.overwrite = overwrite;
    }

    /** Makes the folder where there is none. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("not writable");
            }
        } catch (IOException e) {
            throw storage(e);
        }
    }

    /** Whether a file of this size fits, twice: the transfer itself is kept on a disk, too, probably the same. */
    boolean hasRoomFor(long bytes) {
        try {
            return (Files.getFileStore(folder).getUsableSpace() - RESERVE_BYTES) / 2 >= bytes;
        } catch (IOException e) {
            return false; // a disk that cannot be asked takes nothing
        }
    }

    /** Saves what was received; tells where. */
    Path save(String name, ResourceData data) {
        try {
            Path draft = Files.createTempFile(folder, DRAFT, ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE));
                        OutputStream out = Channels.newOutputStream(channel);
                        InputStream in = data.open(0)) {
                    in.transferTo(out);
                    channel.force(true);
                }
                return publish(draft, name);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw storage(e);
        }
    }

    /** Gives a complete file of this folder its name; tells where. */
    Path publish(Path draft, String name) throws IOException {
        if (overwrite) {
            Path target = folder.resolve(name);
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("a folder has this name");
            }
            return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        for (int number = 0; number < MOST_NUMBERS; number++) {
            Path target = folder.resolve(number == 0 ? name : name + "." + number);
            if (claim(draft, target)) {
                return target;
            }
        }
        throw new IOException("there are " + MOST_NUMBERS + " files of this name already");
    }

    /** A hard link fails where the name is taken, whoever else writes there; not every file system has them. */
    private static boolean claim(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
            Files.delete(draft);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.move(draft, target);
            return true;
        }
    }

    Path folder() {
        return folder;
    }

    private MeshException storage(IOException cause) {
        return new MeshException(
                Failure.Kind.STORAGE,
                "A file could not be saved in " + folder + ": " + cause.getMessage(),
                "Check that the folder is writable for the user who runs Kairos and that the disk is not full.",
                cause);
    }
}
