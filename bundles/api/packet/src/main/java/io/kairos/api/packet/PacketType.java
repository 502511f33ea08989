package io.kairos.api.packet;

/** What a packet is; the two lowest bits of its first byte. */
public enum PacketType {
    DATA(0),
    ANNOUNCE(1),
    LINK_REQUEST(2),
    PROOF(3);

    private final int bits;

    PacketType(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }

    public static PacketType of(int bits) {
        return switch (bits) {
            case 0 -> DATA;
            case 1 -> ANNOUNCE;
            case 2 -> LINK_REQUEST;
            case 3 -> PROOF;
            default -> throw new IllegalArgumentException("a packet type has two bits, got " + bits);
        };
    }
}
