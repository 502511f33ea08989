package io.kairos.transport.i2p;

import io.kairos.api.failure.MalformedException;
import io.kairos.api.failure.MeshException;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.Sockets;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The interface's own side of an I2P router: keeps its address open and takes in who connects there, or, where it has no
 * address, looks now and then whether the bridge still answers. Carries no packets.
 */
final class BridgeLine implements Line {

    private static final long LOOK_SECONDS = 60;

    private final I2pInterface parent;
    private final I2pSettings.Line line;
    private final OwnKeys keys;
    private final SamSessions sessions;
    private final Sockets sockets = new Sockets();
    private final CountDownLatch closed = new CountDownLatch(1);

    BridgeLine(I2pInterface parent, I2pSettings.Line line, OwnKeys keys) {
        this.parent = parent;
        this.line = line;
        this.keys = keys;
        this.sessions = new SamSessions(new SamBridge(line.host(), line.port(), parent.clock()), line.options());
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        try {
            if (line.connectable()) {
                serve(events);
            } else {
                look();
                events.up("the SAM bridge answers");
                parent.bridgeIsThere(sessions, line);
                while (!closed.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                    look();
                }
            }
        } finally {
            parent.bridgeIsGone(sessions);
            sessions.close();
            sockets.close();
        }
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return false;
    }

    @Override
    public void close() {
        closed.countDown();
        sessions.close();
        sockets.close();
    }

    private void look() {
        sessions.bridge().connect(sockets).close();
    }

    private void serve(LineEvents events) {
        String privateKeys = keys.find(line.name()).orElseGet(this::drawKeys);
        Destination own = Destination.ofPrivate(privateKeys);
        parent.ownAddress(own);
        look(); // peers need not wait until the own tunnels are built
        parent.bridgeIsThere(sessions, line);
        events.starting("The I2P router builds tunnels, which takes up to a minute");
        String id = sessions.own(privateKeys);
        boolean isFirst = true;
        while (true) {
            SamConnection next = sessions.bridge().connect(sockets);
            next.streamAccept(id);
            if (isFirst) {
                events.up("others reach it at " + own.base32());
                isFirst = false;
            }
            next.accepted();
            parent.arrived(next, sockets, line);
        }
    }

    private String drawKeys() {
        String drawn = sessions.newKeys(sockets);
        try {
            Destination.ofPrivate(drawn);
        } catch (MalformedException e) {
            throw SamFailures.notSam(sessions.bridge().text(), e.getMessage());
        }
        keys.keep(line.name(), drawn);
        return drawn;
    }
}
