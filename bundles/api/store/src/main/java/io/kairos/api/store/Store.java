package io.kairos.api.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named documents, encrypted at rest. Replacing a document is atomic and durable: after {@link #write} has returned a
 * reader sees the new content, whatever happens; before that it sees the old one. A document that was damaged from
 * outside is reported by an exception, never returned as if it were whole.
 *
 * <p>Names are one to eight parts of {@code [a-z0-9._-]{1,64}} separated by slashes, for example {@code ratchets/ab12};
 * no part starts with a dot.
 *
 * <p>Every method throws {@link io.kairos.api.failure.MeshException} of kind {@code STORAGE} when the disk refuses, with
 * what to do about it.
 *
 * <p>Threads: any thread; writers of one name are served one after the other. May block on the disk: never call it from
 * a receiving thread.
 */
@ProviderType
public interface Store {

    /** Writes the new content of a document. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Reads a document. */
    @FunctionalInterface
    interface Reader<T> {
        T readFrom(InputStream in) throws IOException;
    }

    /** Replaces a small document. */
    default void write(String name, byte[] content) {
        write(name, out -> out.write(content));
    }

    /** Replaces a document of any size without holding it in memory. */
    void write(String name, Content content);

    /** The whole document, or empty where there is none. */
    default Optional<byte[]> read(String name) {
        return read(name, InputStream::readAllBytes);
    }

    /** Reads a document as a stream; empty where there is none. */
    <T> Optional<T> read(String name, Reader<T> reader);

    /** Removes a document; does nothing where there is none. */
    void delete(String name);

    /** Names of all documents below {@code folder}, sorted; the empty string means all. */
    List<String> list(String folder);
}
