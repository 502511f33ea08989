package io.kairos.transport.yggdrasil;

import io.kairos.lib.stream.ByteStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Map;

/** A connection as a stream of bytes, of which the system notices in half a minute when the other end is gone. */
final class SocketStream implements ByteStream {

    private static final int LOOK_MILLIS = 1_000;
    private static final Map<String, Integer> KEEPALIVE =
            Map.of("TCP_KEEPIDLE", 5, "TCP_KEEPINTERVAL", 2, "TCP_KEEPCOUNT", 12);

    private final Socket socket;

    SocketStream(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(LOOK_MILLIS);
        socket.setTcpNoDelay(true);
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : socket.supportedOptions()) {
            Integer value = KEEPALIVE.get(option.name()); // by name: their class is missing on some machines
            if (value != null && option.type() == Integer.class) {
                set(option, value);
            }
        }
    }

    @SuppressWarnings("unchecked") // its type was checked by the caller
    private void set(SocketOption<?> option, int value) throws IOException {
        socket.setOption((SocketOption<Integer>) option, value);
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
        close(socket);
    }

    /** Lets go whoever waits for it. */
    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }
}
