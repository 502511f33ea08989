package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/**
 * Finds packets in a stream of bytes that arrives in pieces of any size. Allocates nothing for a packet once its
 * buffers have grown to the size of what comes, and never holds more than twice the largest packet.
 *
 * <p>Bytes from outside may be anything: what is no packet is dropped and counted, never an exception.
 *
 * <p>Threads: one at a time, except for {@link #malformedFrames()}, which any thread may ask.
 */
public interface FrameDecoder {

    /** Largest packet a decoder can be asked to let pass, in bytes: 16 MiB. */
    int LARGEST_PACKET = 1 << 24;

    /**
     * Takes all that remains in {@code in} and hands each packet that is now complete to {@code sink}. When the sink
     * throws, feeding ends there; the decoder may be fed again.
     *
     * @param in belongs to the decoder until the method returns: what remains of a heap buffer is overwritten, because
     *     packets are unescaped and handed out where they lie; any other buffer is only read
     */
    void feed(ByteBuffer in, FrameSink sink);

    /** Forgets a frame that has begun; for a line that was interrupted. The count stays. */
    void reset();

    /** How many frames were too short, too long or not what they should be, and were dropped or cut. */
    long malformedFrames();
}
