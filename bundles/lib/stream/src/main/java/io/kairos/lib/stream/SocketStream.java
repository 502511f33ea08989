package io.kairos.lib.stream;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket as a stream of bytes. */
public final class SocketStream implements ByteStream {

    private static final int LOOK_MILLIS = 1_000;

    private final Sockets owner;
    private final Socket socket;

    /** @param owner what ends the socket with others */
    public SocketStream(Sockets owner, Socket socket) throws IOException {
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
