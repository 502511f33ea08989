package io.kairos.core.link.resource;

import io.kairos.lib.bytes.Hashes;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/**
 * Computes the hashes by which parts are asked for: the first four bytes of SHA-256 of the part and the random hash of the
 * segment, as a big-endian number. Not for several threads at once.
 */
final class PartHashes {

    /** Among so many neighbours a part hash is unique, and only among so many is it searched. */
    static final int UNIQUE = 224;

    private final MessageDigest digest = Hashes.newSha256();
    private final byte[] random;
    private final byte[] out = new byte[Hashes.FULL];

    PartHashes(byte[] random) {
        this.random = random;
    }

    int of(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        digest.update(random);
        try {
            digest.digest(out, 0, out.length);
        } catch (DigestException e) {
            throw new IllegalStateException("no room for a hash", e);
        }
        return ByteBuffer.wrap(out).getInt();
    }

    /** Hashes of all parts, or {@code null} when two neighbours have the same and another random hash must be drawn. */
    static int[] ofAll(byte[] stream, int partBytes, byte[] random) {
        PartHashes hashes = new PartHashes(random);
        int[] all = new int[(stream.length + partBytes - 1) / partBytes];
        Map<Integer, Integer> last = new HashMap<>();
        for (int i = 0; i < all.length; i++) {
            int offset = i * partBytes;
            all[i] = hashes.of(stream, offset, Math.min(partBytes, stream.length - offset));
            Integer before = last.put(all[i], i);
            if (before != null && i - before <= UNIQUE) {
                return null;
            }
        }
        return all;
    }

    static byte[] toBytes(int[] hashes) {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Integer.BYTES);
        for (int hash : hashes) {
            bytes.putInt(hash);
        }
        return bytes.array();
    }
}
