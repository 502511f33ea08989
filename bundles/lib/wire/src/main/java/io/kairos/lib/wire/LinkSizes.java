package io.kairos.lib.wire;

/** How much fits on a link of a given MTU. Specification: docs/protocol/link.md. */
public final class LinkSizes {

    /** Smallest MTU that a link accepts: room for one block of payload. */
    public static final int SMALLEST_MTU = 84;

    /** IV and authentication code of an encrypted payload. */
    public static final int TOKEN_OVERHEAD = 48;

    private static final int SHORTEST_ACCESS_CODE = 1;
    private static final int BLOCK = 16;

    private LinkSizes() {}

    /** Largest plaintext of one packet in bytes; 431 at an MTU of 500. */
    public static int payload(int mtu) {
        int room = mtu - SHORTEST_ACCESS_CODE - PacketBytes.SHORT_HEADER - TOKEN_OVERHEAD;
        return Math.floorDiv(room, BLOCK) * BLOCK - 1;
    }

    /** Bytes of one resource part; 464 at an MTU of 500. */
    public static int resourcePart(int mtu) {
        return mtu - PacketBytes.LONG_HEADER - SHORTEST_ACCESS_CODE;
    }
}
