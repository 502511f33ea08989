package io.kairos.transport.satellite;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Whole messages from a connection with a gateway. */
final class GatewayStream {

    private GatewayStream() {}

    /**
     * Waits for one message.
     *
     * @return what follows its head, at most {@link DirectIp#MOST_BYTES}
     * @throws io.kairos.api.failure.MalformedException where it is none
     */
    static byte[] read(InputStream in) throws IOException {
        return exactly(in, DirectIp.length(exactly(in, DirectIp.HEAD_BYTES)));
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the other end has closed the connection");
        }
        return bytes;
    }

    static void close(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            return; // it is closed all the same
        }
    }
}
