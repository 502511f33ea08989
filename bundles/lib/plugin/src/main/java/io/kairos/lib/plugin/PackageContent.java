package io.kairos.lib.plugin;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of one file that goes into a package; read twice, and the same both times. */
@FunctionalInterface
public interface PackageContent {

    InputStream open() throws IOException;

    /** Content in memory. */
    static PackageContent of(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }
}
