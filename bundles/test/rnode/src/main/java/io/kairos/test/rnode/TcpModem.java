package io.kairos.test.rnode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A modem in the network: one host at a time, dropped after 6.5 s without a word. Loopback only. */
public final class TcpModem implements AutoCloseable {

    private static final int SILENCE_MILLIS = 6_500;

    private final Modem modem;
    private final ServerSocket server;
    private volatile Socket current;
    private volatile boolean closed;

    /**
     * Listens.
     *
     * @param port 0: any
     */
    public TcpModem(Modem modem, int port) {
        this.modem = modem;
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "simulated-" + modem.name());
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Pulls the cable; the next host may come at once. */
    public void cut() {
        Socket open = current;
        if (open != null) {
            close(open);
        }
    }

    private void serve() {
        while (!closed) {
            try (Socket socket = server.accept()) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(SILENCE_MILLIS);
                current = socket;
                talk(socket);
            } catch (IOException e) {
                // the host has gone, or was silent for too long
            } finally {
                modem.disconnect();
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        modem.connect(bytes -> {
            try {
                out.write(bytes);
            } catch (IOException e) {
                close(socket); // the reading thread sees the end
            }
        });
        byte[] buffer = new byte[4_096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            modem.fromHost(buffer, count);
        }
    }

    @Override
    public void close() {
        closed = true;
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
