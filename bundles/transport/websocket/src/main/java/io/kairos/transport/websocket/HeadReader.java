package io.kairos.transport.websocket;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads heads of HTTP from a stream, and gives back what came after the last one. Owned by the thread that reads.
 */
final class HeadReader {

    private final InputStream in;
    private byte[] bytes = new byte[1_024];
    private int filled;

    HeadReader(InputStream in) {
        this.in = in;
    }

    /**
     * Waits for the next head.
     *
     * @return empty where what came is none, or too long; nothing may be read afterwards
     * @throws EOFException where the stream ends before anything of it came
     */
    Optional<HttpHead> next() throws IOException {
        int searched = 0;
        while (true) {
            int end = emptyLine(searched);
            if (end >= 0) {
                Optional<HttpHead> head = HttpHead.parse(bytes, end);
                bytes = Arrays.copyOfRange(bytes, end + 4, Math.max(bytes.length, end + 4));
                filled -= end + 4;
                return head;
            }
            searched = Math.max(0, filled - 3);
            if (filled == HttpHead.MOST_BYTES) {
                return Optional.empty();
            }
            if (filled == bytes.length || bytes.length < 512) {
                bytes = Arrays.copyOf(bytes, Math.min(HttpHead.MOST_BYTES, Math.max(1_024, 2 * bytes.length)));
            }
            int count = in.read(bytes, filled, bytes.length - filled);
            if (count < 0) {
                throw new EOFException("the other end has hung up");
            }
            filled += count;
        }
    }

    /** What came after the last head. */
    byte[] rest() {
        return Arrays.copyOf(bytes, filled);
    }

    private int emptyLine(int from) {
        for (int i = from; i + 3 < filled; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
