package io.kairos.lib.stream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;

/** Sockets that end together. Threads: any; whoever waits in one of them is let go by {@link #close}. */
public final class Sockets implements AutoCloseable {

    private static final int CONNECT_MILLIS = 15_000;

    // ---- guarded by this ----
    private final Set<Socket> open = new HashSet<>();
    private boolean closed;

    /** Connects; the socket ends with the others. */
    public Socket connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        add(socket);
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            return socket;
        } catch (IOException | RuntimeException e) {
            close(socket);
            throw e;
        }
    }

    /** Takes a socket in. */
    public synchronized void add(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new IOException("closed");
        }
        open.add(socket);
    }

    /** Hands a socket to others; it does not end with these any more. */
    public synchronized void giveTo(Sockets others, Socket socket) throws IOException {
        open.remove(socket);
        others.add(socket);
    }

    /** Ends one. */
    public void close(Socket socket) {
        synchronized (this) {
            open.remove(socket);
        }
        shut(socket);
    }

    @Override
    public void close() {
        Set<Socket> last;
        synchronized (this) {
            closed = true;
            last = Set.copyOf(open);
            open.clear();
        }
        last.forEach(Sockets::shut);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // its end was wanted, and there is nothing left to be done about it
        }
    }
}
