package io.kairos.core.router.forward;

import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.LinkBudget.MtuClass;

/**
 * Lowers the MTU that a link request signals to what the next interfaces carry (docs/protocol/link.md, MTU). Works in
 * place on the last three bytes of a request: three bits mode, 21 bits MTU.
 */
final class LinkMtu {

    /** Length of the signalling in bytes. */
    static final int SIGNALLING = 3;

    /** Length of both keys in a request, which stand before the signalling. */
    static final int KEYS = 64;

    private static final int ONLY_MODE = 1; // AES-256-CBC

    /** {@link #clamp} found a mode that nobody may use. */
    static final int BAD_MODE = -1;

    private LinkMtu() {}

    /**
     * Clamps the signalling that starts at {@code offset}.
     *
     * @return how many of its bytes stay: 3, or 0 where the next interface takes no part; {@link #BAD_MODE}
     */
    static int clamp(byte[] raw, int offset, LinkBudget receiving, LinkBudget next) {
        if (next.packetBytes() == 0 || next.mtuClass() == MtuClass.NONE) {
            return 0;
        }
        int value = (raw[offset] & 0xff) << 16 | (raw[offset + 1] & 0xff) << 8 | raw[offset + 2] & 0xff;
        int signalled = value & 0x1f_ffff;
        int limit = receiving.packetBytes() == 0
                ? next.packetBytes()
                : Math.min(receiving.packetBytes(), next.packetBytes());
        if (limit >= signalled) {
            return SIGNALLING;
        }
        int mode = value >> 21;
        if (mode != ONLY_MODE) {
            return BAD_MODE;
        }
        int clamped = mode << 21 | limit & 0x1f_ffff;
        raw[offset] = (byte) (clamped >> 16);
        raw[offset + 1] = (byte) (clamped >> 8);
        raw[offset + 2] = (byte) clamped;
        return SIGNALLING;
    }
}
