package io.kairos.admin.shell.identity;

import io.kairos.admin.shell.Arguments;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/** An identity file: 64 bytes, as Reticulum programs read and write them. */
final class KeyFile {

    private KeyFile() {}

    /** Writes a new file that only its owner can read; an existing one is never touched. */
    static void write(Path file, byte[] keys) {
        write(file, keys, false);
    }

    /** The same; {@code force} removes an existing one first. */
    static void write(Path file, byte[] keys, boolean force) {
        if (force) {
            remove(file);
        }
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(keys);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw Arguments.wrong(
                    "%s exists already.".formatted(file),
                    "Nothing is overwritten: give another name or remove the file.");
        } catch (NoSuchFileException e) {
            throw Arguments.wrong(
                    "The folder %s does not exist.".formatted(file.getParent()), "Create it, or give another path.");
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "%s could not be written: %s".formatted(file, e),
                    "Check that the folder is writable and the disk is not full, then export again.",
                    e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "%s could not be replaced: %s".formatted(file, e),
                    "Remove it yourself, or give another name.",
                    e);
        }
    }

    /** Reads exactly what a file of keys holds. */
    static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] keys = in.readNBytes(KeyText.BYTES + 1);
            if (keys.length != KeyText.BYTES) {
                Arrays.fill(keys, (byte) 0);
                throw Arguments.wrong(
                        "%s is no identity file: it has %s than %d bytes."
                                .formatted(file, keys.length > KeyText.BYTES ? "more" : "fewer", KeyText.BYTES),
                        "An identity file holds exactly %d bytes. Text is imported by pasting it."
                                .formatted(KeyText.BYTES));
            }
            return keys;
        } catch (IOException e) {
            throw new MeshException(
                    Failure.Kind.STORAGE,
                    "%s could not be read: %s".formatted(file, e),
                    "Check that it exists and that the user who runs Kairos may read it.",
                    e);
        }
    }

    /** Rights are set when the file is made, so that nobody can open it in between. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
