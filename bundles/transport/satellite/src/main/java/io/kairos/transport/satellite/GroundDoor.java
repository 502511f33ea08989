package io.kairos.transport.satellite;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
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
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open port to which the provider's gateway brings messages of modems. Only its addresses are let in, {@value
 * #MOST_VISITS} at a time, each for one message and a bounded time. The modems are neighbours while it is open.
 */
final class GroundDoor implements Line {

    static final int MOST_VISITS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(GroundDoor.class);
    private static final int BACKLOG = 64;
    private static final Duration LONGEST_VISIT = Duration.ofSeconds(20);

    private final GroundSettings.Station station;
    private final Account account;
    private final ModemPeers peers;
    private final Timers timers;
    private final AtomicLong refused = new AtomicLong();

    // ---- guarded by this ----
    private final Map<GatewayVisit, Thread> visits = new HashMap<>();
    private ServerSocket door;
    private boolean closed;
    private boolean hasWarned;

    /** @param peers the modems as neighbours */
    GroundDoor(GroundSettings.Station station, Account account, ModemPeers peers, Timers timers) {
        this.station = station;
        this.account = account;
        this.peers = peers;
        this.timers = timers;
    }

    @Override
    public void run(LineEvents events) throws MeshException, InterruptedException {
        account.open();
        try (ServerSocket open = new ServerSocket()) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                door = open;
            }
            open.setReuseAddress(true);
            open.bind(address(), BACKLOG);
            events.up("the gateway may bring messages of " + station.modems().size() + " modems");
            peers.appear();
            while (!open.isClosed()) {
                admit(open.accept(), events);
                events.malformed(refused.getAndSet(0));
            }
        } catch (IOException e) {
            throw failure(e);
        } finally {
            end();
            peers.vanish();
            account.close();
        }
    }

    private InetSocketAddress address() throws UnknownHostException {
        return station.host().equals(GroundSettings.EVERYWHERE)
                ? new InetSocketAddress(station.port())
                : new InetSocketAddress(InetAddress.getByName(station.host()), station.port());
    }

    private void admit(Socket socket, LineEvents events) {
        InetAddress from = socket.getInetAddress();
        if (station.provider().sources().stream().noneMatch(range -> range.contains(from))) {
            GatewayStream.close(socket);
            refused.incrementAndGet();
            LOG.debug("Interface {}: {} is no address of the gateway", name(), from);
            warnOnce("somebody who is no gateway has knocked; gateway.addresses tells who may come (DEBUG shows it)");
            return;
        }
        GatewayVisit visit =
                new GatewayVisit(socket, station.provider().confirms(), message -> isTaken(message, events));
        Thread thread = new Thread(() -> serve(visit), "kairos-" + GroundInterface.KIND_NAME + "-" + name() + "-visit");
        thread.setDaemon(true);
        synchronized (this) {
            if (closed || visits.size() >= MOST_VISITS) {
                visit.close(); // the gateway comes again
                return;
            }
            visits.put(visit, thread);
        }
        thread.start();
    }

    private void serve(GatewayVisit visit) {
        Timers.Timer end = timers.after(LONGEST_VISIT, visit::close);
        try {
            if (!visit.serve()) {
                refused.incrementAndGet();
            }
        } finally {
            end.cancel();
            synchronized (this) {
                visits.remove(visit);
            }
        }
    }

    /** Gives a message to its modem, and counts what it costs: it was paid when it came. */
    private boolean isTaken(DirectIp.FromModem message, LineEvents events) {
        if (!peers.knows(message.imei())) {
            warnOnce("the gateway brings messages of a modem that modems does not name; they are dropped");
            return false;
        }
        boolean costs = message.hasSucceeded() || message.payload().length > 0;
        boolean differs = account.spend(costs ? station.messages().credits(message.payload().length) : 0);
        account.keep();
        if (differs) {
            events.changed();
        }
        return peers.arrived(message.imei(), message.payload());
    }

    private synchronized void warnOnce(String what) {
        if (!hasWarned) {
            hasWarned = true;
            LOG.warn("Interface {}: {}", name(), what);
        }
    }

    private String name() {
        return station.terms().name();
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
            visits.keySet().forEach(GatewayVisit::close);
            open = door;
        }
        if (open != null) {
            GatewayStream.close(open);
        }
    }

    /** Waits for the visits of now, which are hung up on. */
    private void end() throws InterruptedException {
        close();
        List<Thread> last;
        synchronized (this) {
            last = List.copyOf(visits.values());
        }
        for (Thread visit : last) {
            visit.join();
        }
    }

    private MeshException failure(IOException e) {
        boolean isWrongHost = e instanceof UnknownHostException
                || e instanceof BindException && String.valueOf(e.getMessage()).contains("assign");
        return new MeshException(
                Failure.Kind.NETWORK,
                isWrongHost
                        ? "listen.host is no address of this machine"
                        : "The gateway cannot be let in: port %d is taken or not allowed".formatted(station.port()),
                isWrongHost
                        ? "Correct it, or set it to * to listen on all addresses. Kairos tries again by itself."
                        : "Stop the other program ('ss -ltnp' names it) or choose another listen.port, and tell the"
                                + " provider. Kairos tries again by itself.",
                e);
    }
}
