package io.kairos.transport.satellite;

import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Bytes to a modem and from it. Threads: one uses it, any closes. */
interface ByteStream extends AutoCloseable {

    /** What {@link #read} answers once the stream was closed by this side. */
    int CLOSED = -1;

    /**
     * Waits until bytes are there.
     *
     * @param into filled from its beginning
     * @return how many; 0 after the time-out; {@link #CLOSED}
     * @throws MeshException when the device or the other end has gone
     */
    int read(byte[] into, Duration timeout);

    /**
     * Writes all of it.
     *
     * @param bytes a heap buffer
     * @throws MeshException when the device or the other end has gone
     */
    void write(ByteBuffer bytes);

    @Override
    void close();
}
