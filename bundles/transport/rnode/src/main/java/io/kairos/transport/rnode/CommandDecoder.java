package io.kairos.transport.rnode;

import java.nio.ByteBuffer;

/**
 * Finds commands in the bytes of an RNode: {@code C0 command payload C0}, with {@code DB DC} for {@code C0} and
 * {@code DB DD} for {@code DB}. The boundary that ends a packet does not begin another frame, every other does. All
 * payloads are unescaped, also those of one byte, which the firmware escapes and other hosts misread.
 *
 * <p>Never holds more than one frame of {@link #LONGEST} bytes; what is longer is dropped and, where it is a packet,
 * counted. Threads: one.
 */
final class CommandDecoder {

    /** Longest packet that the firmware carries, in bytes. */
    static final int LONGEST = 508;

    private static final int BOUNDARY = 0xc0;
    private static final int ESCAPE = 0xdb;
    private static final int ESCAPED_BOUNDARY = 0xdc;
    private static final int ESCAPED_ESCAPE = 0xdd;

    private static final int OUTSIDE = -2;
    private static final int AT_COMMAND = -1;

    /** Takes commands. */
    @FunctionalInterface
    interface Sink {

        /**
         * A command is complete.
         *
         * @param payload a heap buffer, lent until the method returns
         */
        void command(int command, ByteBuffer payload);
    }

    private final byte[] payload = new byte[LONGEST];
    private int command = OUTSIDE;
    private int length;
    private boolean escaped;
    private boolean tooLong;
    private long malformed;

    /** Takes all that remains in {@code in}. */
    void feed(ByteBuffer in, Sink sink) {
        while (in.hasRemaining()) {
            int next = Byte.toUnsignedInt(in.get());
            if (next == BOUNDARY) {
                boundary(sink);
            } else if (command == AT_COMMAND) {
                command = next;
            } else if (command >= 0) {
                collect(next);
            }
        }
    }

    /** Whether a packet has begun and not ended. */
    boolean isInsidePacket() {
        return command == Commands.DATA;
    }

    /** Forgets a frame that has begun. */
    void reset() {
        if (isInsidePacket()) {
            malformed++;
        }
        begin(OUTSIDE);
    }

    /** Packets that were too long or cut short, since the decoder was made. */
    long malformed() {
        return malformed;
    }

    private void boundary(Sink sink) {
        int ended = command;
        int bytes = length;
        boolean whole = !tooLong;
        begin(ended == Commands.DATA ? OUTSIDE : AT_COMMAND);
        if (ended == Commands.DATA && !whole) {
            malformed++;
        } else if (ended >= 0 && whole && (bytes > 0 || ended != Commands.DATA)) {
            sink.command(ended, ByteBuffer.wrap(payload, 0, bytes));
        }
    }

    private void begin(int state) {
        command = state;
        length = 0;
        escaped = false;
        tooLong = false;
    }

    private void collect(int next) {
        if (next == ESCAPE && !escaped) {
            escaped = true;
            return;
        }
        int value = next;
        if (escaped) {
            value = next == ESCAPED_BOUNDARY ? BOUNDARY : next == ESCAPED_ESCAPE ? ESCAPE : next;
            escaped = false;
        }
        if (length == LONGEST) {
            tooLong = true;
        } else {
            payload[length++] = (byte) value;
        }
    }
}
