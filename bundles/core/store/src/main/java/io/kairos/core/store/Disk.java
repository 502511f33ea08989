package io.kairos.core.store;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What the store asks of a file system: private files, private folders, and that they are there after a power cut. */
final class Disk {

    static final Set<PosixFilePermission> PRIVATE_FILE = PosixFilePermissions.fromString("rw-------");
    static final Set<PosixFilePermission> PRIVATE_FOLDER = PosixFilePermissions.fromString("rwx------");

    private Disk() {}

    /** What writes the content of a new file. */
    @FunctionalInterface
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Makes an empty file that only this user may read; fails where there is one. */
    static void createPrivate(Path file) throws IOException {
        Files.createFile(file, attributes(file, PRIVATE_FILE));
    }

    /**
     * Makes a file that only this user may read, with all of its content durable. Works also for a thread that is
     * interrupted: components write their last state while they are being stopped.
     */
    static void writePrivate(Path file, Writer content) throws IOException {
        createPrivate(file);
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            content.writeTo(out);
            out.getFD().sync();
        }
    }

    /**
     * Opens a file for reading, also for a thread that is interrupted.
     *
     * @throws NoSuchFileException where there is none
     * @throws AccessDeniedException where it may not be read
     */
    static RandomAccessFile open(Path file) throws IOException {
        try {
            return new RandomAccessFile(file.toFile(), "r");
        } catch (FileNotFoundException e) {
            IOException clearer = Files.exists(file)
                    ? new AccessDeniedException(file.toString())
                    : new NoSuchFileException(file.toString());
            clearer.initCause(e);
            throw clearer;
        }
    }

    /** A second name for a file where the file system can, otherwise a durable copy. */
    static void linkOrCopy(Path file, Path second) throws IOException {
        try {
            Files.createLink(second, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without hard links, like that of many memory cards.
            try (RandomAccessFile in = open(file)) {
                writePrivate(second, out -> new FileInputStream(in.getFD()).transferTo(out));
            }
        }
    }

    /** Makes a folder and its parents as far as they are missing, private and durable. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder, attributes(folder, PRIVATE_FOLDER));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            force(parent);
        }
    }

    /** Makes the entries of a folder durable. */
    static void force(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return; // other systems do not let a folder be opened, and write its entries through
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted(); // what is written must also become durable: once more
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Whether nobody but its owner may touch the file; true where the file system does not know. */
    static boolean isPrivate(Path file) throws IOException {
        return !isPosix(file)
                || Files.getPosixFilePermissions(file).stream()
                        .allMatch(permission -> permission.name().startsWith("OWNER_"));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
