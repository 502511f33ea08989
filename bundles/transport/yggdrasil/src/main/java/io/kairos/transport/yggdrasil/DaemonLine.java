package io.kairos.transport.yggdrasil;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** The port on this machine's Yggdrasil address, for as long as that address is the daemon's. */
final class DaemonLine implements Line {

    private static final int BACKLOG = 64;
    private static final String AGAIN = " Kairos tries again by itself.";

    /** Who lives at the address. */
    interface Resident {

        /** The address is known and the port is open. */
        void arrived(Inet6Address own);

        /** A connection from within Yggdrasil. */
        void visited(Socket socket);

        /** The port is closed. */
        void left();
    }

    private final YggdrasilSettings.Line line;
    private final Daemon daemon;
    private final Resident resident;
    private final Clock clock;

    // ---- guarded by this ----
    private ServerSocket door;
    private boolean closed;

    DaemonLine(YggdrasilSettings.Line line, Daemon daemon, Resident resident, Clock clock) {
        this.line = line;
        this.daemon = daemon;
        this.resident = resident;
        this.clock = clock;
    }

    @Override
    public void run(LineEvents events) {
        Inet6Address own = daemon.address();
        try (ServerSocket open = new ServerSocket()) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                door = open;
            }
            open.setReuseAddress(true);
            open.bind(new InetSocketAddress(own, line.port()), BACKLOG);
            open.setSoTimeout((int) line.check().toMillis());
            resident.arrived(own);
            events.up("its Yggdrasil address is known, and port " + line.port() + " is open there");
            serve(open, own);
        } catch (IOException e) {
            throw failure(e);
        } finally {
            resident.left();
        }
    }

    private void serve(ServerSocket open, Inet6Address own) throws IOException {
        long looked = clock.nanos();
        while (!open.isClosed()) {
            try {
                Socket socket = open.accept();
                if (YggdrasilAddresses.contains(socket.getInetAddress())) {
                    resident.visited(socket);
                } else {
                    SocketStream.close(socket); // a neighbour on the LAN who sends there
                }
            } catch (SocketTimeoutException nobody) {
                looked = clock.nanos() - line.check().toNanos();
            }
            if (clock.nanos() - looked >= line.check().toNanos()) {
                look(own);
                looked = clock.nanos();
            }
        }
    }

    /** Whether the address is still the daemon's; a daemon that does not answer is forgiven while the address is there. */
    private void look(Inet6Address own) throws SocketException {
        Inet6Address now;
        try {
            now = daemon.address();
        } catch (MeshException e) {
            if (NetworkInterface.getByInetAddress(own) == null) {
                throw e;
            }
            return;
        }
        if (!now.equals(own)) {
            throw new MeshException(
                    Failure.Kind.NETWORK,
                    "The Yggdrasil daemon has another address now",
                    "Nothing: the port is opened there by itself.");
        }
    }

    private MeshException failure(IOException e) {
        String said = String.valueOf(e.getMessage());
        if (e instanceof BindException && said.contains("in use")) {
            return network(
                    "Port " + line.port() + " is taken",
                    "Stop the other program ('ss -ltnp' names it) or choose another listen.port." + AGAIN,
                    e);
        }
        if (e instanceof BindException && said.contains("denied")) {
            return network(
                    "This user may not listen on port " + line.port(),
                    "Choose a listen.port of 1024 or above." + AGAIN,
                    e);
        }
        if (e instanceof BindException) {
            return network(
                    "No network device has the daemon's address",
                    "See that IfName in yggdrasil.conf is not none, that /dev/net/tun is there, and that IPv6 is"
                            + " switched on." + AGAIN,
                    e);
        }
        return network("Listening on port " + line.port() + " failed", "It is opened again by itself.", e);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy, cause);
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return false;
    }

    @Override
    public void close() {
        ServerSocket open;
        synchronized (this) {
            closed = true;
            open = door;
        }
        daemon.close();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                return; // it is gone either way
            }
        }
    }
}
