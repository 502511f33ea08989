package io.kairos.core.link.resource;

import io.kairos.api.link.ResourceData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Collects what is received: in memory while it is short, in a file of its own otherwise.
 *
 * <p>Threads: one writer at a time; readers after the last write. Blocks on the disk.
 */
final class Spool {

    private static final int IN_MEMORY = 256 * 1024;

    private final Path folder;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private long length;

    Spool(Path folder) {
        this.folder = folder;
    }

    long length() {
        return length;
    }

    /** Appends; what is appended can be taken back with {@link #truncate}. */
    void append(byte[] in, int offset, int count) throws IOException {
        if (file == null && length + count > IN_MEMORY) {
            file = Files.createTempFile(folder, "incoming-", ".part");
            try (OutputStream out = Files.newOutputStream(file)) {
                memory.writeTo(out);
            }
            memory = null;
        }
        if (file == null) {
            memory.write(in, offset, count);
        } else {
            try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
                out.write(in, offset, count);
            }
        }
        length += count;
    }

    /** Forgets everything behind {@code size} bytes. */
    void truncate(long size) throws IOException {
        if (file == null) {
            byte[] all = memory.toByteArray();
            memory.reset();
            memory.write(all, 0, (int) size);
        } else {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
        }
        length = size;
    }

    InputStream open(long offset) throws IOException {
        if (file == null) {
            byte[] all = memory.toByteArray();
            return new ByteArrayInputStream(all, (int) offset, all.length - (int) offset);
        }
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(offset);
        return in;
    }

    /** Everything from {@code offset} on. */
    ResourceData from(long offset) {
        return new ResourceData() {
            @Override
            public long length() {
                return length - offset;
            }

            @Override
            public InputStream open(long at) throws IOException {
                return Spool.this.open(offset + at);
            }
        };
    }

    /** Frees memory and disk; afterwards nothing can be read. */
    void delete() throws IOException {
        memory = new ByteArrayOutputStream();
        length = 0;
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
