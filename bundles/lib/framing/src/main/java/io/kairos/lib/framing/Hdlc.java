package io.kairos.lib.framing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * HDLC-like framing as Reticulum uses it: {@code 7E packet 7E} without a checksum, {@code 7E} and {@code 7D} inside the
 * packet replaced by {@code 7D 5E} and {@code 7D 5D}. Both flags are always sent, because the decoders on serial lines,
 * pipes and I2P do not let two frames share one.
 *
 * <p>Decoders: {@link HdlcStreamDecoder} for TCP and the like, {@link HdlcByteDecoder} for serial lines, pipes and I2P.
 */
public final class Hdlc {

    /** Begins and ends a frame. */
    public static final byte FLAG = 0x7e;

    static final ByteStuffing STUFFING = new ByteStuffing(FLAG, (byte) 0x5e, (byte) 0x7d, (byte) 0x5d);

    private Hdlc() {}

    /** Bytes that a frame needs at most for a packet of {@code packetBytes}. */
    public static int maximumFrameBytes(int packetBytes) {
        return 2 * packetBytes + 2;
    }

    /**
     * Writes one frame.
     *
     * @param packet a heap buffer, from position to limit; its position stays
     * @param out any buffer with room for {@link #maximumFrameBytes}, whether the frame needs it or not
     * @throws BufferOverflowException when {@code out} has less room; then nothing is written
     */
    public static void encode(ByteBuffer packet, ByteBuffer out) {
        if (out.remaining() < maximumFrameBytes(packet.remaining())) {
            throw new BufferOverflowException();
        }
        int offset = packet.arrayOffset();
        out.put(FLAG);
        STUFFING.stuff(packet.array(), offset + packet.position(), offset + packet.limit(), out);
        out.put(FLAG);
    }
}
