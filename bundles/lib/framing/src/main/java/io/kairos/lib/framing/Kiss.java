package io.kairos.lib.framing;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * KISS framing of data packets: {@code C0 00 packet C0}, with {@code C0} and {@code DB} inside the packet replaced by
 * {@code DB DC} and {@code DB DD}. Decoder: {@link KissDecoder}.
 */
public final class Kiss {

    /** Begins and ends a frame (FEND). */
    public static final byte BOUNDARY = (byte) 0xc0;

    /** The command of frames that carry packets. */
    public static final byte DATA = 0x00;

    static final ByteStuffing STUFFING = new ByteStuffing(BOUNDARY, (byte) 0xdc, (byte) 0xdb, (byte) 0xdd);

    private Kiss() {}

    /** Bytes that a frame needs at most for a packet of {@code packetBytes}. */
    public static int maximumFrameBytes(int packetBytes) {
        return 2 * packetBytes + 3;
    }

    /**
     * Writes one data frame.
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
        out.put(BOUNDARY).put(DATA);
        STUFFING.stuff(packet.array(), offset + packet.position(), offset + packet.limit(), out);
        out.put(BOUNDARY);
    }
}
