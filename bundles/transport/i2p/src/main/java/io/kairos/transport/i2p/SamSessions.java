package io.kairos.transport.i2p;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.stream.Sockets;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The sessions of one interface for as long as its bridge is there: one for each peer it calls, with keys of its own that
 * are kept nowhere, so that peers cannot tell that they have the same neighbour; and one with the interface's own keys.
 *
 * <p>Threads: each session is asked for by the one thread of its peer.
 */
final class SamSessions implements AutoCloseable {

    private static final int RANDOM_LETTERS = 6;

    private record Session(String id, SamConnection connection) {}

    private final SamBridge bridge;
    private final String options;
    private final Sockets sockets = new Sockets();
    private final Random random = new SecureRandom();
    private final Map<PeerAddress, Session> called = new HashMap<>(); // guarded by itself

    SamSessions(SamBridge bridge, String options) {
        this.bridge = bridge;
        this.options = options;
    }

    SamBridge bridge() {
        return bridge;
    }

    /**
     * The name of the session for a peer; made where there is none.
     *
     * @param meanwhile ends whoever waits here
     */
    String towards(PeerAddress peer, Sockets meanwhile) {
        synchronized (called) {
            Session known = called.get(peer);
            if (known != null) {
                return known.id();
            }
        }
        String keys = newKeys(meanwhile);
        SamConnection connection = bridge.connect(meanwhile);
        String id = newId();
        connection.session(id, keys, options);
        keep(connection, meanwhile);
        synchronized (called) {
            called.put(peer, new Session(id, connection));
        }
        return id;
    }

    /** The bridge does not know the session any more, or it is of no use. */
    void forget(PeerAddress peer) {
        Session gone;
        synchronized (called) {
            gone = called.remove(peer);
        }
        if (gone != null) {
            sockets.close(gone.connection().socket());
        }
    }

    /** Opens the session by which others find this node. */
    String own(String privateKeys) {
        SamConnection connection = bridge.connect(sockets);
        String id = newId();
        connection.session(id, privateKeys, options);
        return id;
    }

    /** Draws private keys. */
    String newKeys(Sockets meanwhile) {
        try (SamConnection connection = bridge.connect(meanwhile)) {
            return connection.generate();
        }
    }

    /** Connections that end with the sessions. */
    Sockets sockets() {
        return sockets;
    }

    @Override
    public void close() {
        sockets.close();
    }

    private void keep(SamConnection connection, Sockets meanwhile) {
        try {
            connection.giveTo(sockets);
        } catch (IOException e) {
            meanwhile.close(connection.socket());
            throw new MeshException(
                    Failure.Kind.NETWORK, "The I2P router has gone meanwhile", "Kairos tries again by itself.", e);
        }
    }

    private String newId() {
        StringBuilder id = new StringBuilder("kairos-");
        random.ints(RANDOM_LETTERS, 'a', 'z' + 1).forEach(letter -> id.append((char) letter));
        return id.toString();
    }
}
