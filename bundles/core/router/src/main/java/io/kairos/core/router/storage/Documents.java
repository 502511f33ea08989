package io.kairos.core.router.storage;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.api.store.Store;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the router's documents, each with its format version in front. A document that is damaged or newer
 * than this code is told of and left out: a router starts with empty tables rather than not at all.
 */
final class Documents {

    private static final Logger LOG = LoggerFactory.getLogger(Documents.class);

    private final Store store;
    private final String folder;

    Documents(Store store, String network) {
        this.store = store;
        this.folder = "router/" + (network.matches("[a-z0-9_-]{1,64}") ? network : inHex(network)) + "/";
    }

    /** Writes the entries of a document. */
    interface Writer {
        void writeTo(DataOutputStream out) throws IOException;
    }

    /** Reads the entries of a document. */
    interface Reader {
        void readFrom(DataInputStream in) throws IOException;
    }

    private static String inHex(String network) {
        String hex = HexFormat.of().formatHex(network.getBytes(StandardCharsets.UTF_8));
        return "x" + hex.substring(0, Math.min(62, hex.length()));
    }

    void write(String name, int version, Writer writer) {
        try {
            store.write(folder + name, raw -> {
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, 1 << 16));
                out.writeInt(version);
                writer.writeTo(out);
                out.flush();
            });
        } catch (MeshException e) {
            LOG.error("The router's {} could not be saved: {} {}", name, e.getMessage(), e.remedy());
        }
    }

    void read(String name, int version, Reader reader) {
        try {
            store.read(folder + name, raw -> {
                DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 16));
                int stored = in.readInt();
                if (stored != version) {
                    throw new IOException("format %d, this version reads %d".formatted(stored, version));
                }
                reader.readFrom(in);
                return name;
            });
        } catch (MeshException e) {
            LOG.warn("The router's stored {} cannot be used: {} {}", name, e.getMessage(), e.remedy());
        } catch (MalformedException | IllegalArgumentException e) {
            LOG.warn("The router's stored {} are damaged and left out; they fill again by themselves", name);
        }
    }
}
