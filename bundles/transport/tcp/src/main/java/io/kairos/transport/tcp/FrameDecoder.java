package io.kairos.transport.tcp;

import java.nio.ByteBuffer;

/**
 * Cuts a byte stream into packets. Fed with whatever one read brought in; keeps only an unfinished frame between reads,
 * and of that no more than a bound.
 *
 * <p>Threads: one.
 */
interface FrameDecoder {

    /** Takes packets. */
    interface Receiver {

        /** @param packet lent until the method returns; the decoder does not look at the bytes again */
        void packet(ByteBuffer packet);

        /** A frame that is no packet was dropped. */
        void malformed();
    }

    /**
     * Decodes {@code bytes[from..to)} in place; the array may be used again afterwards.
     */
    void feed(byte[] bytes, int from, int to, Receiver receiver);
}
