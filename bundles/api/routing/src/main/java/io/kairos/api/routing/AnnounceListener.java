package io.kairos.api.routing;

import io.kairos.api.identity.KnownDestination;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service: is told of announces that were accepted. */
@ConsumerType
public interface AnnounceListener {

    /**
     * Full name whose announces are wanted, for example {@code lxmf.delivery}; empty for all. A listener that says
     * {@code null} is not registered.
     */
    default String nameFilter() {
        return "";
    }

    /** Whether answers to path requests are wanted too. */
    default boolean wantsPathResponses() {
        return false;
    }

    /**
     * An announce was accepted.
     *
     * @param announced what it told
     * @param hops how far away
     * @param pathResponse whether it answered a path request
     */
    void heard(KnownDestination announced, int hops, boolean pathResponse);

    /**
     * The same for listeners that want to know which packet it was, for example to ask how well it was received. What the
     * router calls; without an implementation of its own it leaves the hash out.
     *
     * @param packetHash of the announce, 32 bytes; the listener's own copy
     */
    default void heard(KnownDestination announced, int hops, boolean pathResponse, byte[] packetHash) {
        heard(announced, hops, pathResponse);
    }
}
