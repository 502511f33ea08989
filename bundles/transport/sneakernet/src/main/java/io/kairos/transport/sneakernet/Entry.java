package io.kairos.transport.sneakernet;

import java.util.Optional;

/** A packet on its way, as its writer numbers it. The array is never changed. */
final class Entry {

    private final long number;
    private final long expirySeconds;
    private final byte[] packet;
    private final PacketKind kind;

    /**
     * @param number given once by each spool, growing
     * @param expirySeconds wall-clock time in seconds from which on nobody delivers it any more
     */
    Entry(long number, long expirySeconds, byte[] packet) {
        this.number = number;
        this.expirySeconds = expirySeconds;
        this.packet = packet;
        this.kind = PacketKind.of(packet);
    }

    long number() {
        return number;
    }

    long expirySeconds() {
        return expirySeconds;
    }

    byte[] packet() {
        return packet;
    }

    PacketKind kind() {
        return kind;
    }

    boolean isFleeting() {
        return kind == PacketKind.FLEETING;
    }

    /** What it is about: a later one about the same takes its place. */
    Optional<String> subject() {
        return kind.subject(packet);
    }

    boolean isExpired(long nowSeconds) {
        return WallTime.isPlausible(nowSeconds) && expirySeconds <= nowSeconds;
    }
}
