package io.kairos.transport.tor;

import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import io.kairos.lib.stream.Sockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Keeps one onion service at a tor and takes in who connects. Two threads: the one that calls {@link #run} listens to tor,
 * one accepts. Carries no packets.
 */
final class TorServerLine implements Line {

    private static final int BACKLOG = 64;

    private final TorServerInterface parent;
    private final TorServerSettings.Line line;
    private final OnionKeys keys;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Sockets sockets = new Sockets();

    // ---- guarded by this ----
    private ServerSocket listening;
    private boolean closed;

    TorServerLine(TorServerInterface parent, TorServerSettings.Line line, OnionKeys keys, Clock clock) {
        this.parent = parent;
        this.line = line;
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        Optional<OnionKeys.Key> known = keys.find(line.name());
        known.ifPresent(key -> parent.ownAddress(key.service()));
        ServerSocket door = listen();
        Thread acceptor = new Thread(() -> accept(door), "kairos-tor-server-" + line.name() + "-accept");
        acceptor.setDaemon(true);
        acceptor.start();
        try {
            serve(known, door.getLocalPort(), events);
        } finally {
            close();
            acceptor.join();
        }
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return false;
    }

    @Override
    public void close() {
        ServerSocket door;
        synchronized (this) {
            closed = true;
            door = listening;
        }
        sockets.close();
        if (door != null) {
            try {
                door.close();
            } catch (IOException e) {
                // its end was wanted, and there is nothing left to be done about it
            }
        }
    }

    private void serve(Optional<OnionKeys.Key> known, int localPort, LineEvents events) {
        ControlConnection tor = ControlConnection.open(line.controlHost(), line.controlPort(), sockets, clock);
        line.login().convince(tor, random);
        OnionService service = new OnionService(tor, clock);
        OnionKeys.Key key = service.add(known, line.onionPort(), localPort);
        if (known.isEmpty()) {
            keys.keep(line.name(), key);
        }
        parent.ownAddress(key.service());
        events.starting("tor publishes the onion service, which takes up to a minute");
        service.awaitPublished(key, line.publishing());
        events.up("others reach it at %s.onion, port %d".formatted(key.service(), line.onionPort()));
        service.follow();
    }

    private synchronized ServerSocket listen() {
        try {
            listening = new ServerSocket();
            if (closed) {
                listening.close();
            }
            listening.setReuseAddress(true);
            listening.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), line.listenPort()),
                    BACKLOG);
            return listening;
        } catch (IOException e) {
            throw ControlFailures.noListener(line.listenPort());
        }
    }

    private void accept(ServerSocket door) {
        try {
            while (true) {
                Socket socket = door.accept();
                parent.arrived(socket, line);
            }
        } catch (IOException e) {
            sockets.close(); // without a door the service is of no use; the other thread sees the end of the connection
        }
    }
}
