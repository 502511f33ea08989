package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open port of a web site. Each visitor has a thread of its own, and there are never more than {@link #MOST_VISITORS}
 * of them: the one who has been there longest has to go when another one comes, so that whoever dawdles keeps nobody out.
 */
final class ServerDoor implements Line {

    static final int MOST_VISITORS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ServerDoor.class);
    private static final int BACKLOG = 128;

    private final WebSocketServerSettings.Line line;
    private final Consumer<WebSocketLine.Opener> peers;
    private final Clock clock;
    private final Timers timers;
    private final Crowd crowd;

    // ---- guarded by this ----
    private final Set<Visitor> visitors = new LinkedHashSet<>();
    private ServerSocket door;
    private boolean closed;

    /** @param peers takes visitors who have asked for the secret path */
    ServerDoor(WebSocketServerSettings.Line line, Consumer<WebSocketLine.Opener> peers, Clock clock, Timers timers) {
        this.line = line;
        this.peers = peers;
        this.clock = clock;
        this.timers = timers;
        this.crowd = new Crowd(line.connectionsPerAddress());
    }

    @Override
    public void run(LineEvents events) {
        Optional<ServerCertificate> certificate = line.certificate()
                .map(file -> new ServerCertificate(file, line.key().orElseThrow(), clock));
        Site site = new Site(line.site());
        site.check();
        try (ServerSocket open = new ServerSocket()) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                door = open;
            }
            open.setReuseAddress(true);
            open.bind(address(), BACKLOG);
            events.up("its web site is open" + (certificate.isPresent() ? ", with TLS" : ""));
            while (!open.isClosed()) {
                admit(open.accept(), certificate, site);
            }
        } catch (IOException e) {
            throw failure(e);
        } finally {
            close();
        }
    }

    private InetSocketAddress address() throws UnknownHostException {
        return line.host().equals(WebSocketServerSettings.EVERYWHERE)
                ? new InetSocketAddress(line.port())
                : new InetSocketAddress(InetAddress.getByName(line.host()), line.port());
    }

    private void admit(Socket socket, Optional<ServerCertificate> certificate, Site site) {
        if (!crowd.enter(socket.getInetAddress())) {
            WebStream.close(socket);
            return;
        }
        InetAddress from = socket.getInetAddress();
        Visitor visitor = new Visitor(socket, new Visitor.House(line.secret(), site, timers, clock, peers), left -> {
            leave(left);
            crowd.leave(from);
        });
        Visitor longest = null;
        synchronized (this) {
            if (closed) {
                WebStream.close(socket);
                return;
            }
            if (visitors.size() >= MOST_VISITORS) {
                longest = visitors.iterator().next();
                visitors.remove(longest);
            }
            visitors.add(visitor);
        }
        if (longest != null) {
            longest.close();
        }
        Optional<SSLContext> tls = certificate.map(ServerCertificate::context);
        Thread thread = new Thread(
                () -> visitor.serve(tls, this::isVisiting), "kairos-websocket-server-" + line.name() + "-visit");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the visit of one who stays as a peer. */
    private synchronized boolean isVisiting(Visitor visitor) {
        return visitors.remove(visitor) && !closed;
    }

    private synchronized void leave(Visitor visitor) {
        visitors.remove(visitor);
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return false;
    }

    @Override
    public void close() {
        List<Visitor> last;
        ServerSocket open;
        synchronized (this) {
            closed = true;
            last = List.copyOf(visitors);
            visitors.clear();
            open = door;
        }
        last.forEach(Visitor::close);
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("Interface {}: closing its port: {}", line.name(), e.toString());
            }
        }
    }

    private MeshException failure(IOException e) {
        String again = " Kairos tries again by itself.";
        String said = String.valueOf(e.getMessage());
        if (e instanceof BindException && said.contains("in use")) {
            return network(
                    "Port " + line.port() + " is taken",
                    "Stop the other program ('ss -ltnp' names it) or choose another listen.port." + again,
                    e);
        }
        if (e instanceof BindException && said.contains("denied")) {
            return network(
                    "This user may not listen on port " + line.port(),
                    "Choose a listen.port of 1024 or above." + again,
                    e);
        }
        if (e instanceof BindException || e instanceof UnknownHostException) {
            return network(
                    "listen.host is no address of this machine",
                    "Correct it, or set it to * to listen on all addresses." + again,
                    e);
        }
        return network("Listening on port " + line.port() + " failed", "See the log at DEBUG." + again, e);
    }

    private static MeshException network(String message, String remedy, IOException cause) {
        return new MeshException(Failure.Kind.NETWORK, message, remedy, cause);
    }
}
