package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commands to a modem and what it answers. Whatever comes that nobody has asked for is dropped, except that a ring is
 * remembered. Lines are cut at {@value #MOST_LINE} characters, answers at {@value #MOST_LINES} lines. One owner.
 */
final class AtModem {

    static final int MOST_LINE = 256;
    static final int MOST_LINES = 32;

    private static final Duration STEP = Duration.ofMillis(50);
    private static final String RING = "SBDRING";

    private final ByteStream stream;
    private final Clock clock;
    private final byte[] read = new byte[512];
    private int from;
    private int to;
    private boolean hasRung;

    AtModem(ByteStream stream, Clock clock) {
        this.stream = stream;
        this.clock = clock;
    }

    /** The line was closed by this side. */
    static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Closed() {
            super("closed", null, false, false);
        }
    }

    /** An answer: its lines without the last one, and that one. */
    record Answer(List<String> lines, String end) {

        boolean isOk() {
            return end.equals("OK");
        }

        /** What stands behind a word, for example behind {@code +CSQ:}; empty where it does not come. */
        String value(String word) {
            return lines.stream()
                    .filter(line -> line.startsWith(word))
                    .map(line -> line.substring(word.length()).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends a command and waits for OK, ERROR or READY. */
    Answer command(String text, Duration timeout) {
        stream.write(ByteBuffer.wrap((text + "\r").getBytes(StandardCharsets.US_ASCII)));
        return answer(text, timeout);
    }

    /** Sends bytes, and waits for what the modem says about them. */
    Answer send(byte[] bytes, Duration timeout) {
        stream.write(ByteBuffer.wrap(bytes));
        return answer("", timeout);
    }

    private Answer answer(String echo, Duration timeout) {
        long until = clock.nanos() + timeout.toNanos();
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line(until);
            if (line.equals("OK") || line.equals("READY") || line.startsWith("ERROR")) {
                return new Answer(lines, line);
            }
            if (!line.equals(echo) && !line.equals(RING) && lines.size() < MOST_LINES) {
                lines.add(line);
            }
        }
    }

    /** A block of bytes with its length in front: length(2) || bytes || checksum(2). Rings before it are noted. */
    byte[] block(String text, int mostBytes, Duration timeout) {
        stream.write(ByteBuffer.wrap((text + "\r").getBytes(StandardCharsets.US_ASCII)));
        long until = clock.nanos() + timeout.toNanos();
        int high = next(until);
        while (high > mostBytes >> 8) { // the end of the last line, a ring, an echo: no length begins like that
            if (high != '\r' && high != '\n') {
                from--;
                line(until);
            }
            high = next(until);
        }
        int length = high << 8 | next(until);
        if (length > mostBytes) {
            throw failure("The modem offers a message of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) next(until);
        }
        int sum = next(until) << 8 | next(until);
        Answer end = answer("", timeout);
        if (sum != checksum(bytes) || !end.isOk()) {
            throw failure("The modem has given a message whose checksum is wrong");
        }
        return bytes;
    }

    /** The sum of all bytes, its last sixteen bits. */
    static int checksum(byte[] bytes) {
        int sum = 0;
        for (byte each : bytes) {
            sum += each & 0xff;
        }
        return sum & 0xffff;
    }

    /** Listens for a moment. */
    void idle() {
        long until = clock.nanos() + STEP.toNanos();
        if (from < to || fill(STEP)) {
            try {
                while (from < to) {
                    line(until);
                }
            } catch (MeshException half) {
                return; // the rest of a line that nobody waits for
            }
        }
    }

    /** Whether it has rung since the last call. */
    boolean takeRing() {
        boolean rang = hasRung;
        hasRung = false;
        return rang;
    }

    private String line(long until) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = next(until);
            if (next == '\r' || next == '\n') {
                if (line.size() > 0) {
                    String text = line.toString(StandardCharsets.US_ASCII).strip();
                    hasRung |= text.equals(RING);
                    return text;
                }
            } else if (line.size() < MOST_LINE) {
                line.write(next);
            }
        }
    }

    private int next(long until) {
        while (from == to) {
            if (clock.nanos() - until >= 0) {
                throw failure("The modem does not answer");
            }
            fill(STEP);
        }
        return read[from++] & 0xff;
    }

    private boolean fill(Duration timeout) {
        int count = stream.read(read, timeout);
        if (count == ByteStream.CLOSED) {
            throw new Closed();
        }
        from = 0;
        to = count;
        return count > 0;
    }

    static MeshException failure(String message) {
        return new MeshException(
                Failure.Kind.HARDWARE,
                message,
                "Check power, antenna, cable, port and speed; no other program may use the modem.");
    }

    /** Bytes with their checksum behind them. */
    static byte[] withChecksum(byte[] bytes) {
        int sum = checksum(bytes);
        byte[] all = Arrays.copyOf(bytes, bytes.length + 2);
        all[bytes.length] = (byte) (sum >> 8);
        all[bytes.length + 1] = (byte) sum;
        return all;
    }
}
