package io.kairos.transport.i2p;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.transport.Reading;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.HdlcStream;
import io.kairos.lib.stream.Silence;
import io.kairos.lib.stream.Sockets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** A stream to a peer that the operator has named. Its session outlives it: building tunnels takes long. */
final class CalledLine implements Line {

    /** Answers that say nothing against the session. */
    private static final Set<String> PEERS_FAULT =
            Set.of("CANT_REACH_PEER", "PEER_NOT_FOUND", "TIMEOUT", "KEY_NOT_FOUND", "INVALID_KEY");

    private final I2pInterface parent;
    private final PeerAddress peer;
    private final HdlcStream packets;
    private final Sockets sockets = new Sockets();

    CalledLine(I2pInterface parent, String name, PeerAddress peer, I2pSettings.Line line) {
        this.parent = parent;
        this.peer = peer;
        this.packets = new HdlcStream("kairos-i2p-" + name, line.limits(), Silence.I2P, parent.clock());
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        SamSessions sessions = parent.sessions();
        if (sessions == null) {
            throw new MeshException(
                    Failure.Kind.NETWORK,
                    "There is no SAM bridge to call the peer through",
                    "mesh:status of the interface itself says why.");
        }
        events.starting("The I2P router builds tunnels and looks for the peer, which takes up to a minute");
        packets.run(connect(sessions).stream(), events, "the peer's stream is open");
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return packets.offer(packet);
    }

    @Override
    public List<Reading> readings() {
        return packets.readings();
    }

    @Override
    public void close() {
        packets.close();
        sockets.close();
    }

    private SamConnection connect(SamSessions sessions) {
        String id = sessions.towards(peer, sockets);
        Destination destination = peer.destination().orElseGet(() -> lookup(sessions));
        SamConnection connection = sessions.bridge().connect(sockets);
        SamReply reply = connection.streamConnect(id, destination);
        if (!reply.isOk()) {
            if (!PEERS_FAULT.contains(reply.result())) {
                sessions.forget(peer);
            }
            throw SamFailures.refused(reply);
        }
        return connection;
    }

    private Destination lookup(SamSessions sessions) {
        try (SamConnection connection = sessions.bridge().connect(sockets)) {
            return connection.lookup(peer.text());
        }
    }
}
