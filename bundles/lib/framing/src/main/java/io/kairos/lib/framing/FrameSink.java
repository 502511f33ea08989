package io.kairos.lib.framing;

import java.nio.ByteBuffer;

/** Takes packets out of a {@link FrameDecoder}. */
@FunctionalInterface
public interface FrameSink {

    /**
     * A packet is complete.
     *
     * @param packet a heap buffer with the packet from position to limit. It is lent: its contents may be changed until
     *     the method returns, and neither buffer nor contents may be used afterwards
     */
    void packet(ByteBuffer packet);
}
