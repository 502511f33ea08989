package io.kairos.core.store;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a second node out of the folder of a store. The system drops the lock with the process, however that ends. */
final class FolderLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
    private static final String FILE = "store.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock acquire(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            createQuietly(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            LOG.debug("The store is open in this process already", e);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "The store %s is in use by another node".formatted(folder),
                    "Stop the other node, or give this one a folder of its own in etc/io.kairos.core.store.cfg.");
        }
        return new FolderLock(channel);
    }

    private static void createQuietly(Path file) throws IOException {
        try {
            Disk.createPrivate(file);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another process made the lock file at the same moment", e);
        }
    }

    boolean isHeld() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("The lock of the store could not be closed; it ends with the process", e);
        }
    }
}
