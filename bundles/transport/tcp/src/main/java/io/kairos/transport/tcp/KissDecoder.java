package io.kairos.transport.tcp;

import java.nio.ByteBuffer;

/**
 * The decoder of KISS frames: {@code C0}, command, payload, {@code C0}; {@code DB DC} for {@code C0} and {@code DB DD} for
 * {@code DB} inside. Only data frames (command 0 on any port) are packets. The end of a data frame does not begin the next.
 */
final class KissDecoder implements FrameDecoder {

    private static final byte FEND = (byte) 0xC0;
    private static final byte FESC = (byte) 0xDB;
    private static final byte TFEND = (byte) 0xDC;
    private static final byte TFESC = (byte) 0xDD;

    private enum State {
        OUTSIDE,
        COMMAND,
        DATA,
        OTHER
    }

    private final ByteBuffer frame;
    private State state = State.OUTSIDE;
    private boolean escaped;
    private boolean tooLong;

    /** @param longest most bytes of a packet, with its access code */
    KissDecoder(int longest) {
        frame = ByteBuffer.allocate(longest);
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Receiver receiver) {
        for (int at = from; at < to; at++) {
            byte next = bytes[at];
            if (next == FEND) {
                delimiter(receiver);
            } else if (state == State.COMMAND) {
                state = (next & 0x0F) == 0 ? State.DATA : State.OTHER;
            } else if (state == State.DATA) {
                data(next);
            }
        }
    }

    private void delimiter(Receiver receiver) {
        if (state != State.DATA) {
            begin();
            return;
        }
        state = State.OUTSIDE;
        if (tooLong) {
            receiver.malformed();
        } else if (frame.position() > 0) {
            receiver.packet(frame.flip());
        }
    }

    private void begin() {
        state = State.COMMAND;
        frame.clear();
        escaped = false;
        tooLong = false;
    }

    private void data(byte next) {
        if (next == FESC) {
            escaped = true;
            return;
        }
        byte value = next;
        if (escaped) {
            escaped = false;
            value = next == TFEND ? FEND : next == TFESC ? FESC : next;
        }
        if (frame.hasRemaining()) {
            frame.put(value);
        } else {
            tooLong = true;
        }
    }
}
