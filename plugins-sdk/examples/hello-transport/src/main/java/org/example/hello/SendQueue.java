package org.example.hello;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Packets that wait until the medium takes them; what does not fit is refused. Threads: any offer, one takes. */
final class SendQueue {

    private static final int MOST_PACKETS = 256;

    // ---- guarded by this ----
    private final ArrayDeque<byte[]> packets = new ArrayDeque<>();
    private boolean closed;

    /** Copies a packet; false where the queue is full. */
    synchronized boolean offer(ByteBuffer packet) {
        if (closed || packets.size() == MOST_PACKETS) {
            return false;
        }
        byte[] copy = new byte[packet.remaining()];
        packet.duplicate().get(copy);
        packets.add(copy);
        notifyAll();
        return true;
    }

    /** Waits for a packet; {@code null} once the queue is closed. */
    synchronized byte[] take() throws InterruptedException {
        while (packets.isEmpty() && !closed) {
            wait();
        }
        return closed ? null : packets.poll();
    }

    synchronized void close() {
        closed = true;
        packets.clear();
        notifyAll();
    }
}
