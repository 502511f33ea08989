package io.kairos.transport.sneakernet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Packets between the router and the spool; they stay for less than the time in which packets are gathered. Threads: any. */
final class WaitingPackets {

    private static final int MOST_BYTES = 128 << 10;

    // ---- guarded by this ----
    private List<byte[]> waiting = new ArrayList<>();
    private int bytes;
    private boolean closed;

    /** Copies a packet; empty where there is no room, otherwise whether it is the first one. */
    synchronized Outcome offer(ByteBuffer packet) {
        int size = packet.remaining();
        if (closed || bytes + size > MOST_BYTES) {
            return Outcome.REFUSED;
        }
        byte[] copy = new byte[size];
        packet.get(packet.position(), copy);
        waiting.add(copy);
        bytes += size;
        return waiting.size() == 1 ? Outcome.FIRST : Outcome.TAKEN;
    }

    /** What became of a packet. */
    enum Outcome {
        REFUSED,
        FIRST,
        TAKEN
    }

    synchronized List<byte[]> take() {
        List<byte[]> taken = waiting;
        waiting = new ArrayList<>();
        bytes = 0;
        return taken;
    }

    synchronized void close() {
        closed = true;
    }
}
