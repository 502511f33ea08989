package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/**
 * Decodes KISS data frames as Reticulum does. The boundary that ends a data frame does not begin another; every other
 * boundary begins a frame, whose first byte is its command. The high half of the command (the port) is ignored, and so
 * are frames with another command than {@link Kiss#DATA}. Packets of any length but zero are handed out; who parses
 * them refuses the short ones.
 *
 * <p>Of a frame that is longer than allowed the beginning is handed out.
 */
public final class KissDecoder implements FrameDecoder {

    private static final int COMMAND_MASK = 0x0f;

    private enum State {
        OUTSIDE,
        AT_COMMAND,
        IN_DATA,
        IN_OTHER
    }

    private final PacketCollector packet;

    // ---- owned by the feeding thread ----
    private State state = State.OUTSIDE;
    private boolean escaped;

    /**
     * Makes a decoder.
     *
     * @param maximum longest packet in bytes: the interface's packet size and its access code
     */
    public KissDecoder(int maximum) {
        packet = new PacketCollector(maximum);
    }

    @Override
    public void feed(ByteBuffer in, FrameSink sink) {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == Kiss.BOUNDARY) {
                endOrBegin(sink);
            } else if (state == State.IN_DATA) {
                collect(next);
            } else if (state == State.AT_COMMAND) {
                state = (next & COMMAND_MASK) == Kiss.DATA ? State.IN_DATA : State.IN_OTHER;
            }
        }
    }

    @Override
    public void reset() {
        state = State.OUTSIDE;
        escaped = false;
        packet.clear();
    }

    @Override
    public long malformedFrames() {
        return packet.tooLong();
    }

    private void endOrBegin(FrameSink sink) {
        escaped = false;
        if (state == State.IN_DATA) {
            state = State.OUTSIDE;
            packet.deliver(sink);
        } else {
            state = State.AT_COMMAND;
        }
    }

    private void collect(byte next) {
        if (next == Kiss.STUFFING.escape()) {
            escaped = true;
        } else {
            packet.add(escaped ? Kiss.STUFFING.meaningOf(next) : next);
            escaped = false;
        }
    }
}
