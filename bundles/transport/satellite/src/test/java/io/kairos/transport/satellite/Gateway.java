package io.kairos.transport.satellite;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** Two ports; what comes in at one goes out at the other, and is lost where nobody is connected there. */
final class Gateway implements AutoCloseable {

    private final Side first = new Side();
    private final Side second = new Side();

    Gateway() {
        first.other = second;
        second.other = first;
        first.start();
        second.start();
    }

    int firstPort() {
        return first.server.getLocalPort();
    }

    int secondPort() {
        return second.server.getLocalPort();
    }

    boolean toSecond(byte[] bytes) {
        second.write(bytes, bytes.length);
        return true;
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }

    private static final class Side {

        private final ServerSocket server = listen();
        private Side other;
        private volatile Socket connected;

        private static ServerSocket listen() {
            try {
                return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void start() {
            Thread thread = new Thread(this::serve, "gateway");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    connected = socket;
                    byte[] read = new byte[4_096];
                    for (int count = socket.getInputStream().read(read);
                            count >= 0;
                            count = socket.getInputStream().read(read)) {
                        other.write(read, count);
                    }
                } catch (IOException e) {
                    // the next one
                } finally {
                    connected = null;
                }
            }
        }

        void write(byte[] bytes, int count) {
            Socket to = awaitConnected();
            if (to == null) {
                return;
            }
            try {
                OutputStream out = to.getOutputStream();
                out.write(bytes, 0, count);
            } catch (IOException e) {
                // lost on the way
            }
        }

        /** Who connects is up before the connection is accepted here. */
        private Socket awaitConnected() {
            long until = System.nanoTime() + 300_000_000;
            while (connected == null && System.nanoTime() - until < 0) {
                LockSupport.parkNanos(1_000_000);
            }
            return connected;
        }

        void close() {
            try {
                server.close();
                Socket last = connected;
                if (last != null) {
                    last.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
