package io.kairos.lib.stream;

import io.kairos.api.failure.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads lines of ASCII from a stream of which the rest may be something else. A line ends with LF or CR LF; one that is
 * longer than allowed, or has anything but printable characters, is refused.
 *
 * <p>Owned by the thread that reads.
 */
public final class TextLines implements ByteStream {

    private static final int READ_BYTES = 4_096;

    private final ByteStream stream;
    private final int longest;
    private final StringBuilder line = new StringBuilder();
    private final byte[] read = new byte[READ_BYTES];
    private int from;
    private int to;

    /** @param longest most characters of a line */
    public TextLines(ByteStream stream, int longest) {
        this.stream = stream;
        this.longest = longest;
    }

    /**
     * The next line without its end; empty where the stream had nothing to say for a while, so that the caller can look at
     * the time and ask again.
     *
     * @throws MalformedException where it is no line
     * @throws IOException at the end of the stream, too
     */
    public Optional<String> next() throws IOException {
        while (true) {
            while (from < to) {
                byte next = read[from++];
                if (next == '\n') {
                    return Optional.of(take());
                }
                add(next);
            }
            int count = stream.read(read);
            from = 0;
            to = Math.max(0, count);
            if (count < 0) {
                throw new EOFException("the stream ended before the line");
            }
            if (count == 0) {
                return Optional.empty();
            }
        }
    }

    /** Writes one line. */
    public void write(String text, String end) throws IOException {
        byte[] bytes = (text + end).getBytes(StandardCharsets.US_ASCII);
        stream.write(bytes, 0, bytes.length);
    }

    /** What follows the last line. */
    @Override
    public int read(byte[] into) throws IOException {
        if (from == to) {
            return stream.read(into);
        }
        int count = Math.min(into.length, to - from);
        System.arraycopy(read, from, into, 0, count);
        from += count;
        return count;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        stream.write(bytes, offset, length);
    }

    @Override
    public void close() {
        stream.close();
    }

    private void add(byte next) {
        boolean isText = next >= ' ' && next < 127 || next == '\r' || next == '\t';
        if (!isText || line.length() >= longest) {
            throw new MalformedException(isText ? "a line is longer than " + longest : "a line is no text");
        }
        line.append((char) next);
    }

    private String take() {
        int length = line.length();
        String taken = length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
        line.setLength(0);
        return taken;
    }
}
