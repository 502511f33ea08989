package io.kairos.transport.serial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of an AX.25 frame without connection, as Reticulum writes it.
 *
 * <pre>
 *  offset  size  field
 *  0       6     destination   APZRNS, each character shifted left by one
 *  6       1     60            its SSID 0
 *  7       6     source        the call sign, each character shifted left by one; missing ones are 20, not shifted
 *  13      1     61 + 2 SSID   the last address
 *  14      1     03            a frame without connection
 *  15      1     F0            no protocol above
 * </pre>
 *
 * @param callsign 3 to 6 letters and digits, in capitals
 * @param ssid which of the operator's stations, 0 to 15
 */
record Ax25Header(String callsign, int ssid) {

    static final int BYTES = 16;

    private static final String DESTINATION = "APZRNS";
    private static final int CALL_CHARACTERS = 6;
    private static final int SOURCE = 7;
    private static final int UNSHIFTED_BLANK = 0x20;

    void write(ByteBuffer out) {
        shifted(DESTINATION, out);
        out.put((byte) 0x60);
        shifted(callsign, out);
        for (int missing = callsign.length(); missing < CALL_CHARACTERS; missing++) {
            out.put((byte) 0x20); // Reticulum's way; the standard would shift the blank, too
        }
        out.put((byte) (0x61 | ssid << 1));
        out.put((byte) 0x03).put((byte) 0xf0);
    }

    /**
     * Whose frame it is, for example {@code N0CALL-7}; empty where no station can be called so.
     *
     * @param frame from its position on at least {@link #BYTES}; read only
     */
    static Optional<String> sender(ByteBuffer frame) {
        StringBuilder call = new StringBuilder();
        int at = frame.position() + SOURCE;
        boolean isOver = false;
        for (int i = 0; i < CALL_CHARACTERS; i++) {
            int raw = frame.get(at + i) & 0xff;
            char character = raw == UNSHIFTED_BLANK ? ' ' : (char) (raw >> 1);
            isOver |= character == ' ';
            if (isOver ? character != ' ' : !isCallCharacter(character)) {
                return Optional.empty();
            }
            if (!isOver) {
                call.append(character);
            }
        }
        int ssid = frame.get(at + CALL_CHARACTERS) >> 1 & 0x0f;
        return call.isEmpty() ? Optional.empty() : Optional.of(ssid == 0 ? call.toString() : call + "-" + ssid);
    }

    private static boolean isCallCharacter(char character) {
        return character >= 'A' && character <= 'Z' || character >= '0' && character <= '9';
    }

    private static void shifted(String call, ByteBuffer out) {
        for (byte character : call.getBytes(StandardCharsets.US_ASCII)) {
            out.put((byte) (character << 1));
        }
    }
}
