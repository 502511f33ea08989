package io.kairos.test.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Passes TCP connections on to a port, each direction at a limited speed. */
final class TcpCable implements Cable {

    private static final int CHUNK_BYTES = 4096;
    private static final int SOCKET_BUFFER_BYTES = 32_768;

    private final int targetPort;
    private final long bitsPerSecond;
    private final ServerSocket server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicLong carried = new AtomicLong();
    private volatile boolean whole = true;

    TcpCable(int port, int targetPort, long bitsPerSecond) throws IOException {
        this.targetPort = targetPort;
        this.bitsPerSecond = bitsPerSecond;
        this.server = new ServerSocket();
        server.setReuseAddress(true);
        server.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        start("accept", this::accept);
    }

    private void accept() {
        while (whole) {
            try {
                join(server.accept());
            } catch (IOException e) {
                // cut: the loop ends
            }
        }
    }

    private void join(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), targetPort);
            near.setSendBufferSize(SOCKET_BUFFER_BYTES);
            far.setSendBufferSize(SOCKET_BUFFER_BYTES);
            ends.add(near);
            ends.add(far);
            start("forth", () -> carry(near, far));
            start("back", () -> carry(far, near));
        } catch (IOException e) {
            closeQuietly(near); // nobody listens at the other end yet: the node must notice, so that it tries again
        }
    }

    private void carry(Socket from, Socket to) {
        Throttle throttle = new Throttle(bitsPerSecond);
        byte[] chunk = new byte[CHUNK_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0 && whole; read = in.read(chunk)) {
                throttle.pass(read);
                out.write(chunk, 0, read);
                carried.addAndGet(read);
            }
        } catch (IOException e) {
            // one end has gone; the other one goes with it
        } finally {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private static void start(String job, Runnable task) {
        Thread thread = new Thread(task, "demo-tcp-cable-" + job);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void cut() {
        whole = false;
        closeQuietly(server);
        ends.forEach(TcpCable::closeQuietly);
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            // it is closed one way or the other
        }
    }

    @Override
    public long carriedBytes() {
        return carried.get();
    }

    @Override
    public void close() {
        cut();
    }
}
