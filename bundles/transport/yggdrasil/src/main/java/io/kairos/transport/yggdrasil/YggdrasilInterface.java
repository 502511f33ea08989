package io.kairos.transport.yggdrasil;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.PeerInterface;
import io.kairos.lib.medium.PeersInterface;
import io.kairos.lib.medium.RetryPace;
import java.net.Inet6Address;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.LoggerFactory;

/**
 * Meets neighbours over Yggdrasil: listens on this machine's address there and calls peers. Each connection is a child.
 * Programs of Reticulum connect to it with an ordinary TCP client.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.yggdrasil",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + YggdrasilInterface.KIND_NAME)
@Designate(ocd = YggdrasilConfig.class, factory = true)
public final class YggdrasilInterface extends PeersInterface<YggdrasilSettings> implements DaemonLine.Resident {

    static final String KIND_NAME = "yggdrasil";

    /** Where a daemon is missing, looking for it costs nothing. */
    private static final Duration LONGEST_WITHOUT_DAEMON = Duration.ofSeconds(30);

    private static final int MOST_PER_ADDRESS = 8;

    /** In the names of those that are called. */
    private static final String CALLED = "/peer-";

    private final Clock clock;
    private final Timers timers;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Inet6Address, Integer> visitors = new HashMap<>(); // guarded by itself; connections at most

    /** Known while the port is open. */
    private volatile Inet6Address address;

    /** The last one that was known: what this interface wants while it is closed. */
    private volatile Inet6Address claimed;

    @Activate
    public YggdrasilInterface(
            YggdrasilConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, clock, timers, LoggerFactory.getLogger(YggdrasilInterface.class));
        this.clock = clock;
        this.timers = timers;
        begin(() -> YggdrasilSettings.from(config, properties), () -> YggdrasilSettings.refused(properties));
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(YggdrasilConfig config, Map<String, Object> properties) {
        change(() -> YggdrasilSettings.from(config, properties));
    }

    /** With the address while it is known, for those who want to call: nothing is bound to it, packets travel on children. */
    @Override
    public String description() {
        Inet6Address own = address;
        String host = own == null ? "" : "[" + own.getHostAddress() + "]:";
        return "YggdrasilInterface[" + name() + "/" + host + settings().line().port() + "]";
    }

    /** Before the address is known it may be any of this machine. */
    @Override
    public Set<Endpoint> endpoints() {
        YggdrasilSettings.Line line = settings().line();
        if (!line.enabled()) {
            return Set.of();
        }
        Inet6Address own = claimed;
        Set<Endpoint> all = new HashSet<>();
        all.add(own == null ? Endpoint.port("tcp", "", line.port()) : Endpoint.port("tcp", own, line.port()));
        line.peers().forEach(peer -> all.add(Endpoint.port("tcp", peer.address(), peer.port())));
        return all;
    }

    /** Whoever is in Yggdrasil can join, as a server of Reticulum's backbone at that address. */
    @Override
    public Optional<Offer> offer() {
        Inet6Address own = address;
        long port = settings().line().port();
        return own == null
                ? Optional.empty()
                : Optional.of(
                        new Offer("BackboneInterface", Map.of("port", port, "reachable_on", own.getHostAddress())));
    }

    @Override
    protected int mostPeers() {
        return settings().connections();
    }

    /** Those that are called keep their paths over reconnects, as TCP clients do. */
    @Override
    protected InterfacePolicy policyOf(PeerInterface peer) {
        return peer.name().startsWith(name() + CALLED) ? policy().withTunnel() : policy();
    }

    @Override
    protected Line newLine(YggdrasilSettings of) {
        return new DaemonLine(of.line(), new Daemon(of.line().admin(), timers), this, clock);
    }

    @Override
    protected RetryPace pace(YggdrasilSettings of) {
        Duration first = of.line().firstDelay();
        Duration longest = of.line().longestDelay();
        return new RetryPace(
                first.compareTo(LONGEST_WITHOUT_DAEMON) < 0 ? first : LONGEST_WITHOUT_DAEMON,
                longest.compareTo(LONGEST_WITHOUT_DAEMON) < 0 ? longest : LONGEST_WITHOUT_DAEMON);
    }

    // ---- the thread of the open port ----

    @Override
    public void arrived(Inet6Address own) {
        address = own;
        claimed = own;
        YggdrasilSettings.Line line = settings().line();
        int number = 0;
        for (PeerAddress peer : line.peers()) {
            String name = name() + CALLED + ++number;
            called(
                    name,
                    "YggdrasilInterface[" + name() + "/" + peer.text() + "]",
                    () -> NeighbourLine.called(peer, own, name, line, clock),
                    new RetryPace(line.firstDelay(), line.longestDelay()));
        }
    }

    @Override
    public void visited(Socket socket) {
        Inet6Address from = (Inet6Address) socket.getInetAddress();
        if (!enter(from)) {
            SocketStream.close(socket);
            return;
        }
        AtomicBoolean isOver = new AtomicBoolean();
        Runnable over = () -> {
            if (isOver.compareAndSet(false, true)) {
                leave(from);
            }
        };
        String name = name() + "/" + numbers.incrementAndGet();
        // what is kept for a neighbour must never be taken for another one's, also after a restart
        byte[] tag = new byte[8];
        random.nextBytes(tag);
        connected(
                name,
                "YggdrasilInterface[Client on " + name() + "/" + HexFormat.of().formatHex(tag) + "]",
                NeighbourLine.accepted(socket, over, name, settings().line(), clock));
    }

    @Override
    public void left() {
        address = null;
        peers().forEach(this::drop);
    }

    private boolean enter(Inet6Address from) {
        synchronized (visitors) {
            int now = visitors.getOrDefault(from, 0);
            if (now >= MOST_PER_ADDRESS) {
                return false;
            }
            visitors.put(from, now + 1);
            return true;
        }
    }

    private void leave(Inet6Address from) {
        synchronized (visitors) {
            visitors.computeIfPresent(from, (address, count) -> count > 1 ? count - 1 : null);
        }
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }
}
