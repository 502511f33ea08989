package io.kairos.transport.serial;

import io.kairos.lib.framing.Kiss;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A terminal node controller, the modem of packet radio, and how it shall send.
 *
 * @param preamble carrier before the first byte, which gives the receivers time
 * @param tail carrier behind the last byte
 * @param persistence how likely it sends in a free slot: of 256, and one more
 * @param slot how long it waits before it draws again
 * @param hasFlowControl whether it says when it is ready for the next packet
 * @param beacon what tells others whose station this is
 * @param station the AX.25 header of each packet
 */
record Tnc(
        Duration preamble,
        Duration tail,
        int persistence,
        Duration slot,
        boolean hasFlowControl,
        Optional<BeaconText> beacon,
        Optional<Ax25Header> station) {

    /** The frame by which the modem says that it is ready, and asks whether it shall. */
    static final int READY = 0x0f;

    private static final int TX_DELAY = 0x01;
    private static final int PERSISTENCE = 0x02;
    private static final int SLOT_TIME = 0x03;
    private static final int TX_TAIL = 0x04;
    private static final int MOST = 255;

    /**
     * A text that is sent from time to time.
     *
     * @param text printable ASCII, usually a call sign
     * @param interval pause between a packet and the text that follows it
     */
    record BeaconText(String text, Duration interval) {}

    /** What the modem is told first, in the order of Reticulum's interfaces. */
    List<ByteBuffer> commands() {
        return List.of(
                command(TX_DELAY, tens(preamble)),
                command(TX_TAIL, tens(tail)),
                command(PERSISTENCE, persistence),
                command(SLOT_TIME, tens(slot)),
                command(READY, 1));
    }

    /** Reticulum writes the value as it is, which 192 and 219 do not survive. */
    private static ByteBuffer command(int command, int value) {
        ByteBuffer data = ByteBuffer.wrap(new byte[] {(byte) value});
        ByteBuffer frame = ByteBuffer.allocate(Kiss.maximumFrameBytes(1));
        Kiss.encode(data, frame);
        return frame.put(1, (byte) command).flip();
    }

    /** KISS counts in hundredths of a second. */
    private static int tens(Duration time) {
        return (int) Math.min(MOST, time.toMillis() / 10);
    }
}
