package io.kairos.transport.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads WebSocket frames (RFC 6455) from a stream and hands over whole binary messages. Text is refused, and so is whatever
 * else packets never need: extensions, other opcodes, messages that are too long, frames on the wrong side of masking.
 *
 * <p>Memory grows with what has arrived, never with what was announced. Owned by the thread that reads.
 */
final class FrameReader {

    private static final int FIRST_BYTES = 1_024;

    /** What was read. */
    interface Handler {

        /** A whole binary message, lent until the method returns. */
        void message(ByteBuffer payload);

        void ping(ByteBuffer payload);

        void pong();

        /** The other end wants to end; nothing after it is read. */
        void close();
    }

    private final boolean expectsMask;
    private final int longest;

    private final byte[] header = new byte[Frames.MOST_HEADER_BYTES];
    private int headerBytes;
    private boolean isInPayload;

    // ---- the frame of now ----
    private int opcode;
    private boolean isFinal;
    private int mask;
    private int frameLength;
    private int frameRead;

    private final byte[] control = new byte[Frames.MOST_CONTROL_BYTES];
    private byte[] message = new byte[FIRST_BYTES];
    private int messageBytes;
    private boolean isFragmented;
    private boolean isClosed;

    /**
     * @param expectsMask true on a server: its clients mask, and only they
     * @param longest most bytes of a message
     */
    FrameReader(boolean expectsMask, int longest) {
        this.expectsMask = expectsMask;
        this.longest = longest;
    }

    /**
     * Takes what one read brought.
     *
     * @throws FrameException where the other end breaks the rules; nothing may be fed afterwards
     */
    void feed(ByteBuffer in, Handler to) {
        while (in.hasRemaining() && !isClosed) {
            if (!isInPayload && !readHeader(in)) {
                return;
            }
            readPayload(in);
            if (frameRead == frameLength) {
                isInPayload = false;
                headerBytes = 0;
                finish(to);
            }
        }
    }

    private boolean readHeader(ByteBuffer in) {
        while (in.hasRemaining()) {
            header[headerBytes++] = in.get();
            if (headerBytes >= 2 && headerBytes == headerLength()) {
                begin();
                return true;
            }
        }
        return false;
    }

    private int headerLength() {
        int length = header[1] & 0x7f;
        int extended = length == Frames.TWO_BYTES ? 2 : length == Frames.EIGHT_BYTES ? 8 : 0;
        return 2 + extended + ((header[1] & Frames.MASKED) == 0 ? 0 : 4);
    }

    private void begin() {
        boolean isMasked = (header[1] & Frames.MASKED) != 0;
        opcode = header[0] & 0x0f;
        isFinal = (header[0] & Frames.FINAL) != 0;
        if ((header[0] & Frames.RESERVED) != 0) {
            throw FrameException.protocol("a reserved bit is set");
        }
        if (isMasked != expectsMask) {
            throw FrameException.protocol(isMasked ? "a server masks" : "a client does not mask");
        }
        long length = length();
        mask = isMasked ? ByteBuffer.wrap(header, headerBytes - 4, 4).getInt() : 0;
        checkOpcode(length);
        frameLength = (int) length;
        frameRead = 0;
        isInPayload = true;
    }

    private long length() {
        ByteBuffer extended = ByteBuffer.wrap(header, 2, 8);
        int marker = header[1] & 0x7f;
        long length = marker == Frames.TWO_BYTES
                ? Short.toUnsignedInt(extended.getShort())
                : marker == Frames.EIGHT_BYTES ? extended.getLong() : marker;
        boolean isShortest = marker < Frames.TWO_BYTES
                || marker == Frames.TWO_BYTES && length >= Frames.TWO_BYTES
                || marker == Frames.EIGHT_BYTES && length > 0xffff;
        if (!isShortest) {
            throw FrameException.protocol("a length is not in its shortest form");
        }
        return length;
    }

    private void checkOpcode(long length) {
        switch (opcode) {
            case Frames.CLOSE, Frames.PING, Frames.PONG -> {
                if (!isFinal || length > Frames.MOST_CONTROL_BYTES) {
                    throw FrameException.protocol("a control frame is in pieces or too long");
                }
            }
            case Frames.CONTINUATION, Frames.BINARY -> {
                if (isFragmented != (opcode == Frames.CONTINUATION)) {
                    throw FrameException.protocol("the pieces of a message are mixed up");
                }
                if (length > longest - messageBytes) {
                    throw FrameException.tooLong();
                }
            }
            case Frames.TEXT -> throw FrameException.text();
            default -> throw FrameException.protocol("an opcode is unknown");
        }
    }

    private void readPayload(ByteBuffer in) {
        int count = Math.min(in.remaining(), frameLength - frameRead);
        boolean isControl = opcode >= Frames.CLOSE;
        int at = isControl ? frameRead : messageBytes;
        byte[] into = isControl ? control : grown(messageBytes + count);
        in.get(into, at, count);
        if (mask != 0) {
            Frames.mask(into, at, count, mask, frameRead);
        }
        frameRead += count;
        messageBytes += isControl ? 0 : count;
    }

    private byte[] grown(int needed) {
        if (message.length < needed) {
            message = Arrays.copyOf(message, Math.min(longest, Math.max(needed, 2 * message.length)));
        }
        return message;
    }

    private void finish(Handler to) {
        switch (opcode) {
            case Frames.CLOSE -> {
                isClosed = true;
                to.close();
            }
            case Frames.PING -> to.ping(ByteBuffer.wrap(control, 0, frameLength));
            case Frames.PONG -> to.pong();
            default -> {
                isFragmented = !isFinal;
                if (isFinal) {
                    int bytes = messageBytes;
                    messageBytes = 0;
                    to.message(ByteBuffer.wrap(message, 0, bytes));
                }
            }
        }
    }
}
