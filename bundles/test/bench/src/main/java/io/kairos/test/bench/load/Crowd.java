package io.kairos.test.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that a node serves and that say nothing of their own; what the node sends them stays in their sockets. */
final class Crowd implements AutoCloseable {

    private final List<SocketChannel> connections = new ArrayList<>();

    Crowd(int port, int size) throws IOException {
        try {
            for (int i = 0; i < size; i++) {
                connections.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)));
            }
        } catch (IOException e) {
            close();
            throw new IOException(
                    "only %d of %d connections could be made; is `ulimit -n` below %d?"
                            .formatted(connections.size(), size, 2 * size),
                    e);
        }
    }

    int size() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
    }
}
