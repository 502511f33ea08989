package io.kairos.transport.serial;

import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import java.nio.ByteBuffer;

/**
 * A plain line: {@code 7E}, the packet with {@code 7D 5D} for {@code 7D} and {@code 7D 5E} for {@code 7E}, {@code 7E}.
 *
 * <p>Reticulum reads with a decoder that a single damaged flag turns inside out until the line is silent. Here a flag ends
 * one frame and may begin the next, which reads the same frames and recovers at once (docs/decisions/0080).
 *
 * @param longest most bytes of a packet with its access code
 */
record HdlcFraming(int longest) implements Framing {

    @Override
    public ByteBuffer frame(ByteBuffer packet) {
        ByteBuffer frame = ByteBuffer.allocate(Hdlc.maximumFrameBytes(packet.remaining()));
        Hdlc.encode(packet, frame);
        return frame.flip();
    }

    @Override
    public FrameDecoder decoder() {
        return new HdlcStreamDecoder(1, longest);
    }
}
