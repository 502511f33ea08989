package io.kairos.core.link.resource;

import io.kairos.api.crypto.Token;
import io.kairos.lib.bytes.Hashes;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Turns the stream of a segment into content: decrypts, decompresses, checks the hash, appends to the spool.
 *
 * <p>Threads: slow and blocking, never on a receiving thread. Specification: docs/protocol/resource.md.
 */
final class Assembly {

    private static final int PREFIX = 4;
    private static final int CHUNK = 65_536;

    /** How it went. */
    enum Verdict {
        GOOD,
        /** Not what was offered. */
        CORRUPT,
        /** It does not stop growing; the link is not worth keeping. */
        BOMB
    }

    private final ResourceAdvertisement offer;
    private final Spool spool;
    private final MessageDigest digest = Hashes.newSha256();
    private final long start;
    private final long room;
    private byte[] proof;

    /** @param largest bytes of a compressed segment after decompression */
    Assembly(ResourceAdvertisement offer, Spool spool, long largest) {
        this.offer = offer;
        this.spool = spool;
        this.start = spool.length();
        long offered = offer.totalBytes() - start;
        this.room = offer.has(ResourceAdvertisement.COMPRESSED) ? Math.min(largest, offered) : offered;
    }

    /** The proof for the sender; only after {@link Verdict#GOOD}. */
    byte[] proof() {
        return proof;
    }

    Verdict run(Token token, byte[] stream) throws IOException {
        byte[] plain = new byte[stream.length];
        int length = token.open(stream, 0, stream.length, plain, 0);
        if (length < PREFIX) {
            return Verdict.CORRUPT;
        }
        boolean compressed = offer.has(ResourceAdvertisement.COMPRESSED);
        boolean fits = compressed ? decompress(plain, length) : take(plain, PREFIX, length - PREFIX);
        if (!fits && compressed) {
            spool.truncate(start);
            return Verdict.BOMB;
        }
        if (!fits || !isAsOffered()) {
            spool.truncate(start);
            return Verdict.CORRUPT;
        }
        return Verdict.GOOD;
    }

    private boolean decompress(byte[] plain, int length) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Bzip2.decompressing(plain, PREFIX, length - PREFIX)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                if (!take(chunk, 0, got)) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) {
            throw new IOException("not bzip2", e); // some broken streams make the library trip over an index
        }
    }

    private boolean take(byte[] bytes, int offset, int length) throws IOException {
        if (spool.length() - start + length > room) {
            return false;
        }
        digest.update(bytes, offset, length);
        spool.append(bytes, offset, length);
        return true;
    }

    private boolean isAsOffered() {
        try {
            byte[] hash = ((MessageDigest) digest.clone()).digest(offer.random());
            proof = digest.digest(offer.hash());
            return Hashes.same(hash, offer.hash());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of this runtime cannot be copied", e);
        }
    }
}
