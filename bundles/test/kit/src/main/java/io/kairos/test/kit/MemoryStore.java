package io.kairos.test.kit;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A store that forgets everything with the test. Keeps the promises of {@link Store}, also about names, and can refuse
 * like a full disk.
 */
public final class MemoryStore implements Store {

    private static final Pattern NAME = Pattern.compile("(?!\\.)[a-z0-9._-]{1,64}(/(?!\\.)[a-z0-9._-]{1,64}){0,7}");

    // ---- guarded by this ----
    private final TreeMap<String, byte[]> documents = new TreeMap<>();
    private boolean full;
    private int writes;

    /** From now on every write fails as on a full disk, or works again. */
    public synchronized void full(boolean isFull) {
        full = isFull;
    }

    /** How many writes have succeeded. */
    public synchronized int writes() {
        return writes;
    }

    @Override
    public void write(String name, Content content) {
        requireName(name);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.writeTo(bytes);
        } catch (IOException e) {
            throw refused("The document %s cannot be written".formatted(name), e);
        }
        synchronized (this) {
            if (full) {
                throw refused("The disk is full", null);
            }
            documents.put(name, bytes.toByteArray());
            writes++;
        }
    }

    @Override
    public <T> Optional<T> read(String name, Reader<T> reader) {
        requireName(name);
        byte[] content;
        synchronized (this) {
            content = documents.get(name);
        }
        if (content == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(reader.readFrom(new ByteArrayInputStream(content.clone())));
        } catch (IOException e) {
            throw refused("The document %s cannot be read".formatted(name), e);
        }
    }

    @Override
    public synchronized void delete(String name) {
        requireName(name);
        documents.remove(name);
    }

    @Override
    public synchronized List<String> list(String folder) {
        if (folder.isEmpty()) {
            return List.copyOf(documents.keySet());
        }
        requireName(folder);
        return documents.keySet().stream()
                .filter(name -> name.startsWith(folder + "/"))
                .toList();
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a document: " + name);
        }
    }

    private static MeshException refused(String message, IOException cause) {
        return new MeshException(Failure.Kind.STORAGE, message, "Make room on the disk of the store.", cause);
    }
}
