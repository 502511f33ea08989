package io.kairos.transport.tcp;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries packets over one outgoing TCP connection and reconnects for as long as it is configured. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.tcp.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + TcpClientInterface.KIND_NAME)
@Designate(ocd = TcpClientConfig.class, factory = true)
public final class TcpClientInterface implements MeshInterface {

    static final String KIND_NAME = "tcp-client";

    private static final Logger LOG = LoggerFactory.getLogger(TcpClientInterface.class);

    private static final int MOST_ADDRESSES = 16;

    private final Clock clock;
    private final Timers timers;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private final InterfaceTally tally = new InterfaceTally();

    private volatile TcpClientSettings settings;
    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    private volatile Optional<Failure> held = Optional.empty(); // written while holding switching

    /** Where the name of the peer led last. */
    private volatile Set<Endpoint> resolved = Set.of();

    /** {@code null} while disabled, refused, held or closed. */
    private volatile TcpDialer dialer;

    @Activate
    public TcpClientInterface(
            TcpClientConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this.clock = clock;
        this.timers = timers;
        try {
            settings = TcpClientSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = TcpClientSettings.refused(properties);
            status = InterfaceStatus.down(Checks.failure(refused));
            return;
        }
        dial();
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(TcpClientConfig config, Map<String, Object> properties) {
        TcpClientSettings changed;
        try {
            changed = TcpClientSettings.from(config, properties);
        } catch (RuntimeException refused) {
            LOG.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    Checks.failure(refused).message());
            return;
        }
        synchronized (switching) {
            boolean sameLine = changed.line().equals(settings.line()) && !isRefused();
            if (!sameLine) {
                hangUp();
            }
            settings = changed;
            if (!sameLine) {
                resolved = Set.of();
                dial();
            }
        }
        tellCore();
    }

    @Override
    public String name() {
        return settings.line().name();
    }

    @Override
    public String kind() {
        return KIND_NAME;
    }

    @Override
    public String description() {
        return "TCPInterface[" + name() + "/" + settings.line().endpoint() + "]";
    }

    @Override
    public void attach(PacketSink core) {
        sink = core;
    }

    @Override
    public void detach() {
        sink = null;
    }

    @Override
    public InterfaceStatus status() {
        return status;
    }

    @Override
    public LinkBudget budget() {
        return settings.line().budget();
    }

    @Override
    public Set<Endpoint> endpoints() {
        TcpClientSettings.Line line = settings.line();
        if (!line.enabled()) {
            return Set.of();
        }
        Set<Endpoint> all = new HashSet<>(resolved);
        all.add(Endpoint.port("tcp", line.host(), line.port()));
        return all;
    }

    /**
     * The name of the peer was resolved. What that adds to the endpoints is told to the core; where the name turns out to
     * mean this machine the attempt waits until the core has looked whether the port belongs to another network.
     */
    private boolean mayConnect(List<InetAddress> addresses) {
        int port = settings.line().port();
        Set<Endpoint> known = endpoints();
        Set<Endpoint> now = addresses.stream()
                .limit(MOST_ADDRESSES)
                .map(address -> Endpoint.port("tcp", address, port))
                .collect(Collectors.toSet());
        resolved = now;
        if (known.containsAll(now)) {
            return true;
        }
        tellCore();
        return addresses.stream().noneMatch(Endpoint::isLocal);
    }

    @Override
    public void hold(Optional<Failure> why) {
        synchronized (switching) {
            synchronized (this) {
                if (status.state() == InterfaceState.CLOSED || held.equals(why)) {
                    return;
                }
                held = why;
            }
            if (!settings.line().enabled()) {
                return;
            }
            hangUp();
            dial();
        }
        tellCore();
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        return tally.read();
    }

    @Override
    public void send(ByteBuffer packet) {
        TcpConnection connection = connection();
        if (connection == null) {
            tally.droppedOutgoing();
        } else {
            connection.send(packet);
        }
    }

    @Override
    public void flush() {
        TcpConnection connection = connection();
        if (connection != null) {
            connection.flush();
        }
    }

    @Deactivate
    @Override
    public void close() {
        synchronized (switching) {
            synchronized (this) {
                status = InterfaceStatus.of(InterfaceState.CLOSED);
                sink = null;
            }
            hangUp();
        }
    }

    private TcpConnection connection() {
        TcpDialer current = dialer;
        return current == null ? null : current.connection();
    }

    private boolean isRefused() {
        return dialer == null && status.state() == InterfaceState.DOWN;
    }

    /** Begins with the settings of now, unless they or the core say no; called while holding {@link #switching}. */
    private void dial() {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        if (!settings.line().enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
            return;
        }
        if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
            return;
        }
        status = InterfaceStatus.of(InterfaceState.STARTING);
        TcpDialer fresh = new TcpDialer(
                settings.line(),
                () -> sink,
                () -> settings.queueBytes(),
                this::mayConnect,
                this::changed,
                tally,
                clock,
                timers);
        dialer = fresh;
        fresh.start();
    }

    private void hangUp() {
        TcpDialer last = dialer;
        dialer = null;
        if (last != null) {
            last.close();
        }
    }

    private void changed(InterfaceStatus now) {
        InterfaceStatus earlier;
        synchronized (this) {
            earlier = status;
            if (earlier.state() == InterfaceState.CLOSED || held.isPresent() || earlier.equals(now)) {
                return;
            }
            status = now;
        }
        if (now.isUp()) {
            LOG.info(
                    "Interface {} is up: {} bit/s, {} byte packets",
                    name(),
                    budget().bitsPerSecond(),
                    budget().packetBytes());
        } else if (earlier.state() != InterfaceState.DOWN) {
            LOG.info("Interface {} is down and tries again by itself; mesh:status {} says why", name(), name());
        }
        tellCore();
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            core.changed();
        }
    }
}
