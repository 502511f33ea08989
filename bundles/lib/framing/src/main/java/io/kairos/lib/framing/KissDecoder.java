package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/**
 * Decodes KISS data frames as Reticulum does. The boundary that ends a data frame does not begin another; every other
 * boundary begins a frame, whose first byte is its command. The high half of the command (the port) is ignored, and so
 * are frames with another command than {@link Kiss#DATA}, unless somebody wants to be told. Packets of any length but zero are handed out; who parses
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
        AT_OTHER,
        IN_OTHER
    }

    /** Told of frames that carry no packet, for example a modem that is ready for the next one. */
    @FunctionalInterface
    public interface CommandSink {

        /**
         * A frame with this command has at least one byte. Called while feeding.
         *
         * @param command 1 to 15
         * @param first the first byte behind it, as it came
         */
        void command(int command, byte first);
    }

    private final PacketCollector packet;
    private final CommandSink commands;

    // ---- owned by the feeding thread ----
    private State state = State.OUTSIDE;
    private int command;
    private boolean escaped;

    /**
     * Makes a decoder.
     *
     * @param maximum longest packet in bytes: the interface's packet size and its access code
     */
    public KissDecoder(int maximum) {
        this(maximum, (command, first) -> {});
    }

    /** A decoder that also tells of other frames. */
    public KissDecoder(int maximum, CommandSink commands) {
        packet = new PacketCollector(maximum);
        this.commands = commands;
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
                command = next & COMMAND_MASK;
                state = command == Kiss.DATA ? State.IN_DATA : State.AT_OTHER;
            } else if (state == State.AT_OTHER) {
                state = State.IN_OTHER;
                commands.command(command, next);
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
