package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A modem behind a program that offers its serial port over TCP, for example ser2net. */
final class SocketStream implements ByteStream {

    private static final int CONNECT_MILLIS = 10_000;

    private final Socket socket = new Socket();

    private SocketStream() {}

    static ByteStream open(String host, int port) {
        SocketStream stream = new SocketStream();
        try {
            stream.socket.connect(new InetSocketAddress(InetAddress.getByName(host), port), CONNECT_MILLIS);
            stream.socket.setTcpNoDelay(true);
            return stream;
        } catch (IOException e) {
            stream.close();
            throw gone(e);
        }
    }

    @Override
    public int read(byte[] into, Duration timeout) {
        try {
            socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            int count = socket.getInputStream().read(into);
            if (count < 0) {
                throw gone(new IOException("it has closed the connection"));
            }
            return count;
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            if (socket.isClosed()) {
                return CLOSED;
            }
            throw gone(e);
        }
    }

    @Override
    public void write(ByteBuffer bytes) {
        try {
            socket.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
        } catch (IOException e) {
            throw gone(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is closed all the same
        }
    }

    private static MeshException gone(IOException e) {
        return new MeshException(
                Failure.Kind.HARDWARE,
                "The modem cannot be reached over TCP: " + e.getClass().getSimpleName(),
                "Check port, and the program that offers the serial port there.",
                e);
    }
}
