package io.kairos.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * One version of how a document stands on disk. A store writes the newest format it knows and reads that one and the one
 * before, so that an update and its roll-back both find their documents.
 *
 * <p>All formats share their first bytes, see {@link DocumentHeader}; what follows is a format's own.
 */
interface DocumentFormat {

    /** The version byte in the header. */
    int version();

    /**
     * Encrypts one document behind a header that has been written already.
     *
     * @param header the bytes of the header; to be authenticated
     * @return where the content goes; {@link Body#finish()} completes it, {@code close} does nothing
     */
    Body encrypt(DocumentHeader header, DocumentName name, OutputStream out) throws IOException;

    /**
     * Decrypts one document whose header has been read already. The stream throws {@link DamagedException} as soon as
     * something is not as it was written; it ends only when everything up to the last byte was authentic.
     *
     * @param length bytes that follow the header
     */
    InputStream decrypt(DocumentHeader header, DocumentName name, InputStream in, long length) throws IOException;

    /** Content on its way to the disk. */
    abstract class Body extends OutputStream {

        /** Writes the end, without which the document counts as cut short. */
        abstract void finish() throws IOException;

        @Override
        public final void close() {
            // Only finish() ends a document: a writer that closes its stream after half of it must not complete it.
        }
    }
}
