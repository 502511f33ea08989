package io.kairos.lib.medium.paid;

import java.nio.ByteBuffer;

/**
 * What goes first, and what goes at all when money is short. A transport does not read packets; this one looks at two bits of
 * the first byte, which tell the type of a packet (docs/protocol/packet.md). Behind an access code they cannot be seen:
 * such packets count as data.
 */
public enum Urgency {
    /** Proofs and requests for links: few bytes, and many others were spent in vain without them. */
    SIGNALLING,
    /** A short message, or a part of a conversation. */
    SHORT_DATA,
    DATA,
    /** Will come again by itself. */
    ANNOUNCE;

    private static final int SHORT_BYTES = 120;
    private static final int TYPE = 0b11;
    private static final int BEHIND_ACCESS_CODE = 0x80;

    /** Of a packet, which stays as it is. */
    public static Urgency of(ByteBuffer packet) {
        int flags = packet.hasRemaining() ? packet.get(packet.position()) & 0xff : 0;
        boolean isVisible = (flags & BEHIND_ACCESS_CODE) == 0;
        if (isVisible && (flags & TYPE) == 1) {
            return ANNOUNCE;
        }
        if (isVisible && (flags & TYPE) >= 2) {
            return SIGNALLING;
        }
        return packet.remaining() <= SHORT_BYTES ? SHORT_DATA : DATA;
    }
}
