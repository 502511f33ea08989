package io.kairos.lib.medium;

import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.Reading;
import java.nio.ByteBuffer;
import java.util.List;

/** A medium that is opened once. After it has ended, a new object takes its place. */
public interface Line extends AutoCloseable {

    /**
     * Opens the medium, tells {@link LineEvents#up}, and hands over what comes until the medium ends or {@link #close} is
     * called. Runs on a thread of its own, which is interrupted when the line is closed. Everything it started has ended
     * when it returns.
     *
     * @throws MeshException why the medium cannot be opened or has ended, for the operator; ignored after {@link #close}
     */
    void run(LineEvents events) throws MeshException, InterruptedException;

    /**
     * Takes one packet to send or queue it. Threads: any. Never blocks longer than it takes to copy the packet.
     *
     * @param packet a heap buffer, read from position to limit before the method returns
     * @return false where it is dropped: not up, queue full, packet too long
     */
    boolean offer(ByteBuffer packet);

    /** Ends a burst of {@link #offer}. Threads: any. */
    default void flush() {}

    /** What the line measures, the latest value of each. Threads: any. */
    default List<Reading> readings() {
        return List.of();
    }

    /** Ends {@link #run} within half a second, also before it has begun. Threads: any; may be called several times. */
    @Override
    void close();
}
