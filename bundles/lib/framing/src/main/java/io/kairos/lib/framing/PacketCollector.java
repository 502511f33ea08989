package io.kairos.lib.framing;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers the bytes of one packet, for decoders that look at every byte. What is longer than allowed is cut there, as
 * Reticulum does, and counted.
 */
final class PacketCollector {

    private static final int FIRST_CAPACITY = 512;

    private final int maximum;
    private final AtomicLong tooLong = new AtomicLong();

    // ---- owned by the feeding thread ----
    private final LentBuffer lent = new LentBuffer();
    private byte[] bytes = {};
    private int length;
    private boolean overflown;

    PacketCollector(int maximum) {
        if (maximum < 1 || maximum > FrameDecoder.LARGEST_PACKET) {
            throw new IllegalArgumentException("not a packet length: " + maximum);
        }
        this.maximum = maximum;
    }

    void clear() {
        length = 0;
        overflown = false;
    }

    void add(byte next) {
        if (length == maximum) {
            overflown = true;
            return;
        }
        if (length == bytes.length) {
            int grown = Math.max(FIRST_CAPACITY, 2 * length);
            bytes = Arrays.copyOf(bytes, Math.min(grown, maximum));
        }
        bytes[length++] = next;
    }

    /** Hands out what was gathered, unless that is nothing. */
    void deliver(FrameSink sink) {
        int packetBytes = length;
        if (overflown) {
            tooLong.incrementAndGet();
        }
        clear();
        if (packetBytes > 0) {
            sink.packet(lent.over(bytes, 0, packetBytes));
        }
    }

    long tooLong() {
        return tooLong.get();
    }
}
