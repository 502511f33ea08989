package io.kairos.transport.local;

import io.kairos.lib.framing.Hdlc;
import java.nio.ByteBuffer;

/**
 * What waits to be sent to one program, framed already: two buffers that take turns. Senders append to one while the other
 * is written, so that a burst of packets becomes one write.
 *
 * <p>Threads: any number may {@link #offer}. Whoever gets something from {@link #take} is the one writer until
 * {@link #written}. The lock is held for framing one packet; nobody calls out or into the machine while holding it.
 */
final class SendQueue {

    /** What an idle program keeps. */
    private static final int SMALL = 4_096;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final QueueMemory memory;

    // ---- guarded by this ----
    private ByteBuffer staged = NONE;
    private ByteBuffer inWriting;
    private boolean closed;

    SendQueue(QueueMemory memory) {
        this.memory = memory;
    }

    /** What became of a packet. */
    enum Outcome {
        /** It is the first to wait: see to it that it leaves even if nobody flushes. */
        FIRST,
        QUEUED,
        DROPPED
    }

    /** Frames a packet into the queue unless that holds {@code mostBytes} already. */
    synchronized Outcome offer(ByteBuffer packet, int mostBytes) {
        int worst = Hdlc.maximumFrameBytes(packet.remaining());
        int waiting = staged.position();
        int under = inWriting == null ? 0 : inWriting.limit();
        if (closed || (long) waiting + under + worst > mostBytes || !makeRoom(worst)) {
            return Outcome.DROPPED;
        }
        Hdlc.encode(packet, staged);
        return waiting == 0 ? Outcome.FIRST : Outcome.QUEUED;
    }

    /** Everything that waits, or {@code null} where there is nothing or something is being written. */
    synchronized ByteBuffer take() {
        if (inWriting != null || staged.position() == 0 || closed) {
            return null;
        }
        inWriting = staged.flip();
        staged = NONE;
        return inWriting;
    }

    /** The writer is done with what it took. */
    synchronized void written() {
        ByteBuffer done = inWriting;
        inWriting = null;
        if (done == null) {
            return;
        }
        if (staged.capacity() == 0 && done.capacity() <= SMALL && !closed) {
            staged = done.clear();
        } else {
            memory.give(done.capacity());
        }
    }

    /** Forgets what waits; later packets are dropped. */
    synchronized void close() {
        closed = true;
        memory.give(staged.capacity());
        staged = NONE;
    }

    private boolean makeRoom(int bytes) {
        if (bytes <= staged.remaining()) {
            return true;
        }
        int size = Math.max(SMALL, Integer.highestOneBit(staged.position() + bytes - 1) << 1);
        if (!memory.take(size)) {
            return false;
        }
        ByteBuffer larger = ByteBuffer.allocate(size);
        larger.put(staged.flip());
        memory.give(staged.capacity());
        staged = larger;
        return true;
    }
}
