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

    private static final byte[] NONE = {};

    private final BufferPool pool;
    private final Framing framing;

    // ---- guarded by this ----
    private byte[] staged = NONE;
    private int stagedBytes;
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
        if (closed || stagedBytes + inWritingBytes + worst > mostBytes || !makeRoom(stagedBytes + worst)) {
            return Outcome.DROPPED;
        }
        boolean first = stagedBytes == 0;
        stagedBytes = framing.encode(
                packet.array(), packet.arrayOffset() + packet.position(), packet.remaining(), staged, stagedBytes);
        return first ? Outcome.FIRST : Outcome.QUEUED;
    }

    /** Everything staged, or {@code null} where there is nothing or another thread is writing. */
    synchronized ByteBuffer take() {
        if (writing || stagedBytes == 0 || closed) {
            return null;
        }
        writing = true;
        inWritingBytes = stagedBytes;
        ByteBuffer taken = ByteBuffer.wrap(staged, 0, stagedBytes);
        staged = NONE;
        stagedBytes = 0;
        return taken;
    }

    /** The writer is done with what it took. */
    synchronized void written(ByteBuffer taken) {
        writing = false;
        inWritingBytes = 0;
        if (staged == NONE && taken.array().length <= BufferPool.SMALL) {
            staged = taken.array();
        } else {
            pool.give(taken.array());
        }
    }

    /** Forgets what waits; later packets are dropped. What is being written is given back by its writer. */
    synchronized void close() {
        closed = true;
        pool.give(staged);
        staged = NONE;
        stagedBytes = 0;
    }

    private boolean makeRoom(int bytes) {
        if (bytes <= staged.length) {
            return true;
        }
        byte[] larger = pool.take(bytes);
        if (larger == null) {
            return false;
        }
        System.arraycopy(staged, 0, larger, 0, stagedBytes);
        pool.give(staged);
        staged = larger;
        return true;
    }
}
