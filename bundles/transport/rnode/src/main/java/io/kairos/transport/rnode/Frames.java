package io.kairos.transport.rnode;

import io.kairos.lib.framing.Kiss;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Makes the bytes that a host sends to an RNode. Pure. */
final class Frames {

    private static final int BOUNDARY = 0xc0;
    private static final int ESCAPE = 0xdb;

    private Frames() {}

    /** One command. */
    static byte[] command(int command, int... payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + 3);
        out.write(BOUNDARY);
        out.write(command);
        for (int value : payload) {
            int next = value & 0xff;
            if (next == BOUNDARY) {
                out.write(ESCAPE);
                out.write(0xdc);
            } else if (next == ESCAPE) {
                out.write(ESCAPE);
                out.write(0xdd);
            } else {
                out.write(next);
            }
        }
        out.write(BOUNDARY);
        return out.toByteArray();
    }

    /** One command with a number of four bytes. */
    static byte[] command32(int command, long value) {
        return command(command, (int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
    }

    /** One command with a number of two bytes. */
    static byte[] command16(int command, int value) {
        return command(command, value >> 8, value);
    }

    /** One packet. */
    static byte[] packet(byte[] packet) {
        ByteBuffer out = ByteBuffer.allocate(Kiss.maximumFrameBytes(packet.length));
        Kiss.encode(ByteBuffer.wrap(packet), out);
        byte[] frame = new byte[out.flip().remaining()];
        out.get(frame);
        return frame;
    }

    /** The radio of a device with several for which the next command is. */
    static byte[] select(int radio) {
        return command(Commands.SELECT, radio);
    }

    /** All of them, one after the other. */
    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.write(part, 0, part.length);
        }
        return out.toByteArray();
    }

    /** Asks what is there: detection, firmware, platform, processor and, of devices with several, the radios. */
    static byte[] detect(boolean severalRadios) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(BOUNDARY);
        int[][] questions = {
            {Commands.DETECT, Commands.DETECT_REQUEST},
            {Commands.FIRMWARE, 0},
            {Commands.PLATFORM, 0},
            {Commands.MCU, 0}
        };
        for (int[] question : questions) {
            question(out, question[0], question[1]);
        }
        if (severalRadios) {
            question(out, Commands.RADIOS, 0);
        }
        return out.toByteArray();
    }

    private static void question(ByteArrayOutputStream out, int command, int value) {
        out.write(command);
        out.write(value);
        out.write(BOUNDARY);
    }
}
