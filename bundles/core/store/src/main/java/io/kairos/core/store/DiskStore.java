package io.kairos.core.store;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a folder. Each write goes to a new file, is forced to the disk, and then takes the place of the document in
 * one step; the document it replaced is kept as the previous generation, for the day the disk damages the new one.
 *
 * <p>One store at a time owns a folder; a lock that the system drops with the process keeps others out.
 */
public final class DiskStore implements Store, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);

    private final Path folder;
    private final FolderLock lock;
    private final List<DocumentFormat> formats; // the first is written, all are read
    private final SecureRandom random = new SecureRandom();
    private final NameLocks locks = new NameLocks();
    private final AtomicLong recovered = new AtomicLong();

    /**
     * Opens the store in {@code folder}, which is made where it is missing, with the machine key in it.
     *
     * @throws MeshException of kind {@code STORAGE} where the folder cannot be used or the key is missing
     */
    public DiskStore(Path folder) {
        this(folder, key -> List.of(new ChunkedFormat(key)));
    }

    /** For other formats than the present one: the first is written, all are read. */
    DiskStore(Path folder, Function<byte[], List<DocumentFormat>> formats) {
        this.folder = folder.toAbsolutePath().normalize();
        FolderLock held = null;
        boolean opened = false;
        try {
            Disk.createFolders(this.folder);
            held = FolderLock.acquire(this.folder);
            byte[] key = MachineKey.loadOrCreate(this.folder, hasDocuments(), random);
            removeLeftovers();
            this.lock = held;
            this.formats = List.copyOf(formats.apply(key));
            opened = true;
        } catch (IOException e) {
            throw StorageFailures.folder(this.folder, e);
        } finally {
            if (!opened && held != null) {
                held.close();
            }
        }
    }

    /** Where the documents are. */
    public Path folder() {
        return folder;
    }

    /** How often a damaged document was replaced by its previous generation since the store was opened. */
    public long recovered() {
        return recovered.get();
    }

    @Override
    public void write(String name, Content content) {
        DocumentName document = new DocumentName(name);
        requireOpen();
        try {
            locks.whileLocked(document, () -> writeLocked(document, content));
        } catch (IOException e) {
            throw StorageFailures.write(document, folder, e);
        }
    }

    @Override
    public <T> Optional<T> read(String name, Reader<T> reader) {
        DocumentName document = new DocumentName(name);
        requireOpen();
        IOException damage;
        try {
            return readFile(document, DocumentName.CURRENT, reader);
        } catch (NoSuchFileException e) {
            if (!Files.exists(document.file(folder, DocumentName.PREVIOUS))) {
                return Optional.empty();
            }
            damage = e;
        } catch (AccessDeniedException e) {
            throw StorageFailures.read(document, folder, e);
        } catch (IOException e) {
            damage = e;
        }
        return readPrevious(document, reader, damage);
    }

    @Override
    public void delete(String name) {
        DocumentName document = new DocumentName(name);
        requireOpen();
        try {
            locks.whileLocked(document, () -> deleteLocked(document));
        } catch (IOException e) {
            throw StorageFailures.write(document, folder, e);
        }
    }

    @Override
    public List<String> list(String below) {
        Path start = below.isEmpty() ? folder : folder.resolve(new DocumentName(below).text());
        requireOpen();
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(DiskStore::isGeneration)
                    .map(file -> file.substring(0, file.lastIndexOf('~')))
                    .filter(DocumentName::isValid)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFailures.folder(folder, e);
        }
    }

    /** Lets go of the folder. Every later call throws. */
    @Override
    public void close() {
        lock.close();
    }

    private void writeLocked(DocumentName document, Content content) throws IOException {
        Path temporary = temporary(document);
        try {
            Disk.createFolders(temporary.getParent());
            writeFile(document, temporary, content);
            replace(document, temporary);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private void deleteLocked(DocumentName document) throws IOException {
        // The previous generation first: were it left alone by a power cut, it would come back as the document.
        boolean existed = Files.deleteIfExists(document.file(folder, DocumentName.PREVIOUS));
        existed |= Files.deleteIfExists(document.file(folder, DocumentName.CURRENT));
        if (existed) {
            Disk.force(document.file(folder, DocumentName.CURRENT).getParent());
        }
    }

    private void writeFile(DocumentName document, Path file, Content content) throws IOException {
        byte[] salt = new byte[DocumentHeader.SALT];
        random.nextBytes(salt);
        DocumentFormat format = formats.get(0);
        DocumentHeader header = DocumentHeader.of(format.version(), salt);
        Disk.writePrivate(file, out -> {
            out.write(header.toBytes());
            DocumentFormat.Body body = format.encrypt(header, document, out);
            content.writeTo(body);
            body.finish();
        });
    }

    /**
     * Puts the new file in the place of the document. The previous generation stays until the new one is durable, and the
     * document itself is never missing, so a power cut at any moment leaves at least one whole generation.
     */
    private void replace(DocumentName document, Path written) throws IOException {
        Path current = document.file(folder, DocumentName.CURRENT);
        Path kept = temporary(document);
        try {
            boolean hasPrevious = Files.exists(current);
            if (hasPrevious) {
                Disk.linkOrCopy(current, kept);
            }
            Files.move(written, current, StandardCopyOption.ATOMIC_MOVE);
            Disk.force(current.getParent());
            if (hasPrevious) {
                Files.move(kept, document.file(folder, DocumentName.PREVIOUS), StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            deleteQuietly(kept);
        }
    }

    private <T> Optional<T> readPrevious(DocumentName document, Reader<T> reader, IOException damage) {
        try {
            Optional<T> result = readFile(document, DocumentName.PREVIOUS, reader);
            recovered.incrementAndGet();
            LOG.warn(
                    "A document in {} was damaged ({}); its previous generation is used, the last change is lost. Check"
                            + " the disk and the power supply",
                    document.shown(),
                    StorageFailures.reason(damage));
            return result;
        } catch (IOException e) {
            e.addSuppressed(damage);
            throw StorageFailures.read(document, folder, e);
        }
    }

    /**
     * Checks one file to the end and then hands it to the reader, so that a reader never acts on half of a document. It is
     * the same open file both times, whatever a writer does meanwhile.
     */
    private <T> Optional<T> readFile(DocumentName document, String suffix, Reader<T> reader) throws IOException {
        try (RandomAccessFile file = Disk.open(document.file(folder, suffix))) {
            decrypt(document, file).transferTo(OutputStream.nullOutputStream());
            file.seek(0);
            return Optional.ofNullable(understood(document, reader, decrypt(document, file)));
        }
    }

    private <T> T understood(DocumentName document, Reader<T> reader, InputStream in) throws IOException {
        try {
            return reader.readFrom(in);
        } catch (DamagedException e) {
            throw e;
        } catch (IOException e) {
            throw StorageFailures.content(document, e);
        }
    }

    /** A stream from the present position of the file on; the file stays the one to be closed. */
    private InputStream decrypt(DocumentName document, RandomAccessFile file) throws IOException {
        InputStream in = new FileInputStream(file.getFD());
        DocumentHeader header = DocumentHeader.read(in);
        for (DocumentFormat format : formats) {
            if (format.version() == header.version()) {
                return format.decrypt(header, document, in, file.length() - DocumentHeader.LENGTH);
            }
        }
        throw StorageFailures.version(document, header.version(), formats.get(0).version());
    }

    private boolean hasDocuments() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> isGeneration(file.getFileName().toString()));
        }
    }

    private void removeLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> files = Files.walk(folder)) {
            leftovers = files.filter(file -> file.getFileName().toString().contains(DocumentName.TEMPORARY))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        for (Path leftover : leftovers) {
            Files.deleteIfExists(leftover);
        }
        if (!leftovers.isEmpty()) {
            LOG.info(
                    "Removed {} unfinished writes of an earlier run; their documents are as they were before",
                    leftovers.size());
        }
    }

    private static boolean isGeneration(String file) {
        return file.endsWith(DocumentName.CURRENT) || file.endsWith(DocumentName.PREVIOUS);
    }

    private Path temporary(DocumentName document) {
        return document.file(folder, DocumentName.TEMPORARY + HexFormat.of().toHexDigits(random.nextInt()));
    }

    private void requireOpen() {
        if (!lock.isHeld()) {
            throw new MeshException(
                    Failure.Kind.STORAGE, "The store is closed", "Wait until the store has started again.");
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("An unfinished write could not be removed; the next start does it", e);
        }
    }
}
