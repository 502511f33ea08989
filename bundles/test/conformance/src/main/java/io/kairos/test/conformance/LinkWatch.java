package io.kairos.test.conformance;

import io.kairos.api.routing.InboundPacket;

/** Is shown the packets of one link where router and link meet, and may lose some of them on the way. */
interface LinkWatch {

    /** A packet is about to leave. */
    void leaving(byte[] raw, int length);

    /** A packet has arrived for the link; false loses it. */
    boolean arriving(InboundPacket packet);

    /** Whether the router takes packets of the link at this moment. */
    default boolean takes() {
        return true;
    }
}
