package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/**
 * Decodes HDLC frames as Reticulum's serial, pipe and I2P interfaces do: a flag toggles between inside and outside, so
 * that the flag that ends a frame does not begin another. Empty frames are keepalives. Packets of any other length are
 * handed out; who parses them refuses the short ones.
 *
 * <p>After an escape every byte without a meaning stands for itself, and further escapes mean nothing. Of a frame that
 * is longer than allowed the beginning is handed out.
 */
public final class HdlcByteDecoder implements FrameDecoder {

    private final PacketCollector packet;

    // ---- owned by the feeding thread ----
    private boolean inFrame;
    private boolean escaped;

    /**
     * Makes a decoder.
     *
     * @param maximum longest packet in bytes: the interface's packet size and its access code
     */
    public HdlcByteDecoder(int maximum) {
        packet = new PacketCollector(maximum);
    }

    @Override
    public void feed(ByteBuffer in, FrameSink sink) {
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == Hdlc.FLAG) {
                toggle(sink);
            } else if (inFrame) {
                collect(next);
            }
        }
    }

    @Override
    public void reset() {
        inFrame = false;
        escaped = false;
        packet.clear();
    }

    @Override
    public long malformedFrames() {
        return packet.tooLong();
    }

    private void toggle(FrameSink sink) {
        inFrame = !inFrame;
        escaped = false;
        if (!inFrame) {
            packet.deliver(sink);
        }
    }

    private void collect(byte next) {
        if (next == Hdlc.STUFFING.escape()) {
            escaped = true;
        } else {
            packet.add(escaped ? Hdlc.STUFFING.meaningOf(next) : next);
            escaped = false;
        }
    }
}
