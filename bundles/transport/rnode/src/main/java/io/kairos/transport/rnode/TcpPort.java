package io.kairos.transport.rnode;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A device that is reached over TCP. */
final class TcpPort implements RadioPort {

    /** Where every RNode listens. */
    static final int USUAL_PORT = 7_633;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final Socket socket;
    private volatile boolean closed;

    private TcpPort(Socket socket) {
        this.socket = socket;
    }

    /**
     * Connects.
     *
     * @param address host, or host and port
     */
    static TcpPort open(String address) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        } catch (IOException e) {
            // the conversation itself is watched too
        }
        try {
            InetSocketAddress target = new InetSocketAddress(host(address), port(address));
            if (target.isUnresolved()) {
                throw new UnknownHostException(host(address));
            }
            socket.connect(target, (int) CONNECT.toMillis());
            return new TcpPort(socket);
        } catch (IOException e) {
            new TcpPort(socket).close();
            throw new MeshException(
                    Failure.Kind.NETWORK,
                    e instanceof UnknownHostException
                            ? "The name of the radio's host is not known"
                            : "The radio's host does not answer",
                    "Check the address in port, that the device is switched on and in the same network, and that no other"
                            + " program is connected to it: it serves one at a time.",
                    e);
        }
    }

    static String host(String address) {
        String host = hasPort(address) ? address.substring(0, address.lastIndexOf(':')) : address;
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    static int port(String address) {
        return hasPort(address) ? Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)) : USUAL_PORT;
    }

    private static boolean hasPort(String address) {
        return address.matches("([^:]+|\\[.+\\]):\\d{1,5}");
    }

    @Override
    public int read(byte[] into, Duration timeout) {
        try {
            socket.setSoTimeout((int) Math.max(1, timeout.toMillis()));
            int count = socket.getInputStream().read(into);
            if (count >= 0) {
                return count;
            }
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            if (closed) {
                return CLOSED;
            }
        }
        if (closed) {
            return CLOSED;
        }
        throw gone();
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        try {
            socket.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
            return true;
        } catch (IOException e) {
            if (closed) {
                return false;
            }
            throw gone();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private static MeshException gone() {
        return new MeshException(
                Failure.Kind.HARDWARE,
                "The connection to the radio has ended",
                "It is opened again by itself. The device serves one program at a time: another one may have come.");
    }
}
