package io.kairos.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A connection, with or without TLS. One thread reads, one writes, any closes.
 */
final class WebStream implements AutoCloseable {

    private final Socket plain;
    private final InputStream in;
    private final OutputStream out;

    /**
     * @param plain is closed without asking TLS, which would wait for a write that stands still
     * @param secured the same, or TLS over it
     */
    WebStream(Socket plain, Socket secured) throws IOException {
        this.plain = plain;
        this.in = secured.getInputStream();
        this.out = secured.getOutputStream();
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() {
        close(plain);
    }

    /** Lets go whoever waits for it. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
            return;
        }
    }
}
