package io.kairos.transport.sneakernet;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a packet is worth on a stick. A transport does not read packets; this one looks at the two bytes in front, at the
 * address and at whom a path request asks for (docs/protocol/packet.md), because a newer announce makes an older one
 * worthless and a link does not live for days. Behind an access code nothing can be seen: such packets count as data.
 */
enum PacketKind {
    /** Announces: only the newest of each destination is kept. */
    ANNOUNCE,
    /** Requests for paths: one for each destination is kept. */
    REQUEST,
    /** Packets of links and requests for links: worth nothing after a minute. */
    FLEETING,
    /** All others, also proofs. */
    DATA;

    private static final int ADDRESS_BYTES = 16;
    private static final int BEHIND_ACCESS_CODE = 0x80;
    private static final int TWO_ADDRESSES = 0x40;
    private static final int TYPE = 0b11;
    private static final int TYPE_ANNOUNCE = 1;
    private static final int TYPE_LINK_REQUEST = 2;
    private static final int TO_LINK = 0b1100;
    private static final byte[] PATH_REQUESTS = HexFormat.of().parseHex("6b9f66014d9853faab220fba47d02761");

    static PacketKind of(byte[] packet) {
        int flags = packet.length == 0 ? BEHIND_ACCESS_CODE : packet[0] & 0xff;
        if ((flags & BEHIND_ACCESS_CODE) != 0 || packet.length < address(flags) + ADDRESS_BYTES) {
            return DATA;
        }
        int type = flags & TYPE;
        if (type == TYPE_ANNOUNCE) {
            return ANNOUNCE;
        }
        if (type == TYPE_LINK_REQUEST || (flags & TO_LINK) == TO_LINK) {
            return FLEETING;
        }
        int at = address(flags);
        return Arrays.equals(packet, at, at + ADDRESS_BYTES, PATH_REQUESTS, 0, ADDRESS_BYTES) ? REQUEST : DATA;
    }

    /** What a packet of this kind is about: a later one about the same takes its place. */
    Optional<String> subject(byte[] packet) {
        int at = switch (this) {
            case ANNOUNCE -> address(packet[0]);
            case REQUEST -> address(packet[0]) + ADDRESS_BYTES + 1; // behind address and context
            case FLEETING, DATA -> packet.length;
        };
        return at + ADDRESS_BYTES > packet.length
                ? Optional.empty()
                : Optional.of(name() + HexFormat.of().formatHex(packet, at, at + ADDRESS_BYTES));
    }

    private static int address(int flags) {
        return (flags & TWO_ADDRESSES) == 0 ? 2 : 2 + ADDRESS_BYTES;
    }
}
