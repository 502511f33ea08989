package io.kairos.api.link;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a stream of bytes to the other end of a channel. {@link #close} says in a message of its own that nothing follows.
 * One thread.
 */
public abstract class StreamOutput extends OutputStream {

    /**
     * Writes the last bytes and says with them that nothing follows, which saves the message of {@link #close}.
     *
     * @param last may be empty
     * @throws IOException when the stream or its channel is closed
     */
    public abstract void finish(byte[] last) throws IOException;
}
