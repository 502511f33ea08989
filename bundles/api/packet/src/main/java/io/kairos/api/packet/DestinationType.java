package io.kairos.api.packet;

/** What kind of address a packet carries; bits 3 and 2 of its first byte. */
public enum DestinationType {
    /** One identity; packets are encrypted to it. */
    SINGLE(0),
    /** Everybody who has the shared key. */
    GROUP(1),
    /** Nobody in particular; not encrypted, travels one hop. */
    PLAIN(2),
    /** An established link. */
    LINK(3);

    private final int bits;

    DestinationType(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }

    public static DestinationType of(int bits) {
        return switch (bits) {
            case 0 -> SINGLE;
            case 1 -> GROUP;
            case 2 -> PLAIN;
            case 3 -> LINK;
            default -> throw new IllegalArgumentException("a destination type has two bits, got " + bits);
        };
    }
}
