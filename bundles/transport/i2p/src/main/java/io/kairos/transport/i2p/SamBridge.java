package io.kairos.transport.i2p;

import io.kairos.api.time.Clock;
import io.kairos.lib.stream.Sockets;
import java.io.IOException;

/**
 * Where a SAM bridge is. Threads: any.
 *
 * @param host of the bridge, usually this machine
 * @param clock tells when an answer is late
 */
record SamBridge(String host, int port, Clock clock) {

    /** A new connection that has said hello; it ends with {@code sockets}. */
    SamConnection connect(Sockets sockets) {
        SamConnection connection;
        try {
            connection = new SamConnection(this, sockets, sockets.connect(host, port));
        } catch (IOException e) {
            throw SamFailures.noBridge(text(), e);
        }
        connection.hello();
        return connection;
    }

    String text() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ", port " + port;
    }
}
