package io.kairos.lib.medium;

import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.PacketSink;

/**
 * What a {@link ConfiguredInterface} holds open while its settings and the core let it: a connection and the attempts to make
 * it, a listener and its neighbours, a loop. Used once; other settings get another one.
 *
 * <p>Threads: {@link #start} and the two ways to close are called by one owner at a time, {@link #attach} and {@link #detach}
 * under a lock of their own, so that they never cross one another.
 */
public interface Medium {

    /** Begins. Returns at once: what goes wrong is told later. */
    void start();

    /** A core listens from now on; before {@link #start} where there is one already. Only for media with neighbours. */
    default void attach(PacketSink core) {}

    /** The core has gone. Only for media with neighbours. */
    default void detach() {}

    /** The settings are others now, in something that the medium does not depend on. */
    default void settingsChanged() {}

    /** Ends everything within a second. */
    void close();

    /** The same where the core stays: it is told of the neighbours that vanish. */
    default void closeForRestart() {
        close();
    }

    /** What it has counted, unless it counts for the interface directly. Also asked once after the end. */
    default InterfaceCounters counters() {
        return InterfaceCounters.NONE;
    }
}
