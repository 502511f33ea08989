package io.kairos.transport.rnode;

import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;

/** What an open device tells; called by the thread that reads it. */
interface DeviceEvents {

    /** Its port is open; the device starts, is asked what it is, and is set up. */
    void starting(String waitsFor);

    /** All radios are set up and confirmed. */
    void up(String news);

    /**
     * A packet was heard.
     *
     * @param radio index of the radio within the device
     * @param packet lent until the method returns
     */
    void packet(int radio, ByteBuffer packet, Signal signal);

    /** A radio is ready for the next packet, or its queue is full; only with flow control. */
    void ready(int radio, boolean isReady);

    /** So many frames were no packets. */
    void malformed(long frames);

    /** What one read brought has been handed over. */
    void endOfBurst();
}
