package io.kairos.lib.medium;

import io.kairos.api.transport.Signal;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a {@link Line} tells; called by the thread of {@link Line#run} alone, except for {@link #changed()}. */
public interface LineEvents {

    /**
     * The first obstacle is behind it, such as a port or a daemon that was not there, and the rest takes a while. The
     * interface is shown as starting with this and, where an attempt has failed before, with why.
     *
     * @param waitsFor one sentence without a full stop, for example "The onion service is being published"
     */
    default void starting(String waitsFor) {}

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

    /**
     * A packet arrived on a medium that knows who sent it. It counts for that neighbour, too.
     *
     * @param neighbour how the medium knows the sender; from 64 characters on it is cut
     * @param signal how well it was heard, where that is known
     */
    default void packetFrom(String neighbour, ByteBuffer packet, Optional<Signal> signal) {
        signal.ifPresentOrElse(known -> packet(packet, known), () -> packet(packet));
    }

    /** So many frames were no packets. */
    void malformed(long frames);

    /** What one read brought has been handed over. */
    void endOfBurst();

    /** The budget or the endpoints are others now. Any thread. */
    void changed();
}
