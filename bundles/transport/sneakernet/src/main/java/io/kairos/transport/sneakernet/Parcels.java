package io.kairos.transport.sneakernet;

import io.kairos.api.crypto.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds and makes parcels: pieces of a file that are authentic by themselves (docs/protocol/sneakernet.md, parcels).
 *
 * <pre>
 *  offset  bytes
 *       0      4  marker 4B 61 69 50
 *       4      2  length n of the token, big-endian
 *       6      n  token: IV(16) || AES-256-CBC(content) || HMAC-SHA256(32)
 * </pre>
 *
 * <p>Whatever is damaged, the next marker begins anew. Work on hostile files is bounded by {@link #MOST_FAILURES}.
 */
final class Parcels {

    static final int HEADER_BYTES = 6;

    /** Markers of one file behind which nothing authentic stands; then the rest of the file is given up. */
    static final int MOST_FAILURES = 8_192;

    private static final int MARKER = 0x4B616950;
    private static final int LEAST_TOKEN_BYTES = 64;

    private Parcels() {}

    static byte[] seal(Token token, byte[] content) {
        byte[] sealed = token.seal(content);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
                .putInt(MARKER)
                .putShort((short) sealed.length)
                .put(sealed)
                .array();
    }

    /**
     * Hands over the content of each authentic parcel.
     *
     * @param mostTokenBytes longer ones are not looked at
     * @return how many bytes belong to no authentic parcel
     */
    static int open(Token token, byte[] file, int from, int mostTokenBytes, Consumer<byte[]> found) {
        ByteBuffer in = ByteBuffer.wrap(file);
        int lost = 0;
        int failures = 0;
        int at = from;
        byte[] plain = new byte[mostTokenBytes];
        while (at < file.length && failures < MOST_FAILURES) {
            int length = at + HEADER_BYTES <= file.length && in.getInt(at) == MARKER ? in.getShort(at + 4) & 0xffff : 0;
            int end = at + HEADER_BYTES + length;
            if (length >= LEAST_TOKEN_BYTES && length <= mostTokenBytes && end <= file.length) {
                int size = token.open(file, at + HEADER_BYTES, length, plain, 0);
                if (size >= 0) {
                    found.accept(Arrays.copyOf(plain, size));
                    at = end;
                    continue;
                }
                failures++;
            }
            at++;
            lost++;
        }
        return lost + file.length - at;
    }
}
