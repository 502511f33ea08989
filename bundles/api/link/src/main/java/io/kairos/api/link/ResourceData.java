package io.kairos.api.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/** Bytes of known length that can be read more than once. */
@ConsumerType
public interface ResourceData {

    long length();

    /** Opens the bytes from {@code offset} on; the caller closes it. */
    InputStream open(long offset) throws IOException;

    static ResourceData of(byte[] bytes) {
        return new ResourceData() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset) {
                int from = Math.toIntExact(offset);
                return new ByteArrayInputStream(bytes, from, bytes.length - from);
            }
        };
    }

    /** A file, which must not change meanwhile. */
    static ResourceData of(Path file) throws IOException {
        long length = Files.size(file);
        return new ResourceData() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                InputStream in = Files.newInputStream(file);
                in.skipNBytes(offset);
                return in;
            }
        };
    }
}
