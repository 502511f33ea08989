package io.kairos.transport.sneakernet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder {@code kairos} on a stick. What lies there may be anything: only plain files with names of ours are touched,
 * links are never followed. Throws {@link IOException} as soon as the stick is pulled out.
 */
final class StickFolder {

    static final String NAME = "kairos";
    static final String BATCH = ".kb";
    static final String NOTE = ".kn";
    static final String HALF_WRITTEN = ".tmp";

    /** More are not looked at. */
    static final int MOST_FILES = 8_192;

    private static final Pattern OURS = Pattern.compile("[0-9a-f]{8}\\.(kb|kn|tmp)");

    private final Path folder;

    private StickFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A file there. Files that have the same name, size and time are the same.
     *
     * @param name as it stands in the folder
     */
    record Found(String name, long size, long modifiedMillis) {

        boolean is(String suffix) {
            return name.toLowerCase(Locale.ROOT).endsWith(suffix);
        }
    }

    /** The folder on this stick; empty where the operator has not made one. */
    static Optional<StickFolder> on(Path stick) {
        Path folder = stick.resolve(NAME);
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(new StickFolder(folder))
                : Optional.empty();
    }

    Path path() {
        return folder;
    }

    /** Whether it is still plugged in. */
    boolean isThere() {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    List<Found> list() throws IOException {
        List<Found> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (all.size() < MOST_FILES
                        && OURS.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
                    found(file, name).ifPresent(all::add);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }

    /** One file. */
    Optional<Found> find(String name) throws IOException {
        return found(folder.resolve(name), name);
    }

    private static Optional<Found> found(Path file, String name) throws IOException {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return is.isRegularFile()
                    ? Optional.of(
                            new Found(name, is.size(), is.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (NoSuchFileException gone) {
            return Optional.empty(); // another node has removed it just now
        }
    }

    /** The file, or as much of it as the medium still gives. */
    byte[] read(Found file, int mostBytes) throws IOException {
        int size = (int) Math.min(file.size(), mostBytes);
        ByteBuffer content = ByteBuffer.allocate(size);
        try (SeekableByteChannel in = Files.newByteChannel(
                folder.resolve(file.name()), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            int count = 0;
            while (content.hasRemaining() && count >= 0) {
                count = in.read(content);
            }
        }
        byte[] read = new byte[content.position()];
        content.flip().get(read);
        return read;
    }

    /** Puts a file in place whole: written beside, brought to the medium, then renamed. */
    void write(String name, byte[] content, long random) throws IOException {
        Path half = folder.resolve(freshName(random, HALF_WRITTEN));
        try {
            try (FileChannel out = FileChannel.open(
                    half, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(half, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteQuietly(half);
            throw e;
        }
        force();
    }

    /** Brings the names to the medium. Not every file system can: then they come with the next write-back. */
    private void force() {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return; // what is left is swept later
        }
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    /** A name that tells nothing and that plain FAT takes. */
    static String freshName(long random, String suffix) {
        return HexFormat.of().toHexDigits((int) random) + suffix;
    }

    boolean isTaken(String name) {
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    /** Bytes of the whole stick and what is free. */
    Space space() throws IOException {
        FileStore medium = Files.getFileStore(folder);
        return new Space(medium.getTotalSpace(), medium.getUsableSpace(), medium.isReadOnly());
    }

    /** What a stick has room for. */
    record Space(long totalBytes, long freeBytes, boolean isReadOnly) {}
}
