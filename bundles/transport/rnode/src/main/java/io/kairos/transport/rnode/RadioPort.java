package io.kairos.transport.rnode;

import io.kairos.api.failure.MeshException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** An open way to a device. Threads: one reads, one writes at a time, any closes. */
interface RadioPort extends AutoCloseable {

    /** What {@link #read} answers once the port was closed by this side. */
    int CLOSED = -1;

    /** Opens ports; tests have other devices. */
    @FunctionalInterface
    interface Opener {

        /** @throws MeshException why it cannot be opened */
        RadioPort open(DeviceSettings settings);
    }

    /**
     * Waits until bytes are there.
     *
     * @return how many bytes; 0 after the time-out; {@link #CLOSED}
     * @throws MeshException when the device has gone
     */
    int read(byte[] into, Duration timeout);

    /**
     * Writes all of it; waits while the device takes no more.
     *
     * @return false where the port was closed before everything was written
     * @throws MeshException when the device has gone
     */
    boolean write(ByteBuffer bytes);

    @Override
    void close();
}
