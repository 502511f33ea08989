package io.kairos.transport.i2p;

import io.kairos.lib.stream.ByteStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket as a stream of bytes. */
final class SocketStream implements ByteStream {

    private static final int LOOK_MILLIS = 1_000;

    private final Sockets owner;
    private final Socket socket;

    SocketStream(Sockets owner, Socket socket) throws IOException {
        this.owner = owner;
        this.socket = socket;
        socket.setSoTimeout(LOOK_MILLIS);
    }

    @Override
    public int read(byte[] into) throws IOException {
        try {
            return socket.getInputStream().read(into);
        } catch (SocketTimeoutException nothing) {
            return 0;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.getOutputStream().write(bytes, offset, length);
    }

    @Override
    public void close() {
        owner.close(socket);
    }
}
