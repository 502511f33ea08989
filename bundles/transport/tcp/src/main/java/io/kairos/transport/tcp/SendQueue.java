package io.kairos.transport.tcp;

import java.nio.ByteBuffer;

/**
 * What waits to be sent on one connection, framed already: two buffers that take turns. Senders append to one while the
 * other is written, so that a burst of packets becomes one write.
 *
 * <p>Threads: any number may {@link #offer}. Whoever gets something from {@link #take} is the one writer until
 * {@link #written}. The lock is held for framing one packet; nobody calls out or into the machine while holding it.
 */
final class SendQueue {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final BufferPool pool;
    private final Framing framing;

    // ---- guarded by this ----
    private ByteBuffer staged = NONE;
    private int inWritingBytes;
    private boolean writing;
    private boolean closed;

    SendQueue(BufferPool pool, Framing framing) {
        this.pool = pool;
        this.framing = framing;
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
        int worst = Framing.worstCase(packet.remaining());
        int waiting = staged.position();
        if (closed || waiting + inWritingBytes + worst > mostBytes || !makeRoom(worst)) {
            return Outcome.DROPPED;
        }
        framing.encode(packet, staged);
        return waiting == 0 ? Outcome.FIRST : Outcome.QUEUED;
    }

    /** Everything that waits, or {@code null} where there is nothing or another thread is writing. */
    synchronized ByteBuffer take() {
        if (writing || staged.position() == 0 || closed) {
            return null;
        }
        writing = true;
        ByteBuffer taken = staged.flip();
        inWritingBytes = taken.remaining();
        staged = NONE;
        return taken;
    }

    /** The writer is done with what it took. */
    @SuppressWarnings("ReferenceEquality") // NONE is one object, whatever an empty buffer equals
    synchronized void written(ByteBuffer taken) {
        writing = false;
        inWritingBytes = 0;
        if (staged == NONE && taken.capacity() <= BufferPool.SMALL && !closed) {
            staged = taken.clear();
        } else {
            pool.give(taken);
        }
    }

    /** Forgets what waits; later packets are dropped. What is being written is given back by its writer. */
    synchronized void close() {
        closed = true;
        pool.give(staged);
        staged = NONE;
    }

    private boolean makeRoom(int bytes) {
        if (bytes <= staged.remaining()) {
            return true;
        }
        ByteBuffer larger = pool.take(staged.position() + bytes);
        if (larger == null) {
            return false;
        }
        larger.put(staged.flip());
        pool.give(staged);
        staged = larger;
        return true;
    }
}
