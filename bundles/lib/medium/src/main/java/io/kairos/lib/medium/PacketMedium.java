package io.kairos.lib.medium;

import java.io.Closeable;
import java.io.IOException;

/**
 * A medium that carries whole packets and may block as long as it likes, because {@link PacketLine} gives receiving and
 * sending a thread each. {@link #close()} lets both go within half a second.
 */
public interface PacketMedium extends Closeable {

    /** Opens one; tried again by the interface where it fails. */
    @FunctionalInterface
    interface Opener {

        /** @throws IOException why it is not there, for example an unplugged device */
        PacketMedium open() throws IOException;
    }

    /**
     * Waits for one packet.
     *
     * @param buffer one byte longer than the longest packet, so that what is too long is noticed
     * @return its length; 0 or more than the longest for something that is no packet
     * @throws IOException the medium has ended
     */
    int receive(byte[] buffer) throws IOException;

    /** Sends one packet, whole. @throws IOException the medium has ended */
    void send(byte[] packet) throws IOException;
}
