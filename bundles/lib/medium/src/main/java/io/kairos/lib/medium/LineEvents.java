package io.kairos.lib.medium;

import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;

/** What a {@link Line} tells; called by the thread of {@link Line#run} alone, except for {@link #changed()}. */
public interface LineEvents {

    /**
     * The medium is open: packets may be sent from now on.
     *
     * @param news ends the sentence "Interface x is up: …" of the log, without addresses of others
     */
    void up(String news);

    /** A packet arrived in a heap buffer, which is lent until the method returns and may be changed meanwhile. */
    void packet(ByteBuffer packet);

    /** A packet arrived, and the medium knows how well it was heard. */
    void packet(ByteBuffer packet, Signal signal);

    /** So many frames were no packets. */
    void malformed(long frames);

    /** What one read brought has been handed over. */
    void endOfBurst();

    /** The budget or the endpoints are others now. Any thread. */
    void changed();
}
