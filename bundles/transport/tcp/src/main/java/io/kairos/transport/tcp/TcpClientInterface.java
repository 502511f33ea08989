package io.kairos.transport.tcp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.lib.medium.ConfiguredInterface;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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
public final class TcpClientInterface extends ConfiguredInterface<TcpClientSettings, TcpDialer> {

    static final String KIND_NAME = "tcp-client";

    private static final Logger LOG = LoggerFactory.getLogger(TcpClientInterface.class);

    private static final int MOST_ADDRESSES = 16;

    private final Clock clock;
    private final Timers timers;

    private volatile Resolution resolution = Resolution.NONE;

    /** Where the name of the peer led last, with the settings in which it stood. */
    private record Resolution(Optional<TcpClientSettings.Line> line, Set<Endpoint> places) {

        static final Resolution NONE = new Resolution(Optional.empty(), Set.of());
    }

    @Activate
    public TcpClientInterface(
            TcpClientConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        super(KIND_NAME, LOG);
        this.clock = clock;
        this.timers = timers;
        begin(() -> TcpClientSettings.from(config, properties), () -> TcpClientSettings.refused(properties));
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(TcpClientConfig config, Map<String, Object> properties) {
        change(() -> TcpClientSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "TCPInterface[" + name() + "/" + settings().line().endpoint() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        TcpClientSettings.Line line = settings().line();
        return line.enabled() ? endpoints(line) : Set.of();
    }

    private Set<Endpoint> endpoints(TcpClientSettings.Line line) {
        Resolution last = resolution;
        Set<Endpoint> all = new HashSet<>();
        if (last.line().equals(Optional.of(line))) {
            all.addAll(last.places());
        }
        all.add(Endpoint.port("tcp", line.host(), line.port()));
        return all;
    }

    /**
     * The name of the peer was resolved. What that adds to the endpoints is told to the core; where the name turns out to
     * mean this machine the attempt waits until the core has looked whether the port belongs to another network.
     */
    private boolean mayConnect(TcpClientSettings.Line line, List<InetAddress> addresses) {
        Set<Endpoint> known = endpoints(line);
        Set<Endpoint> now = addresses.stream()
                .limit(MOST_ADDRESSES)
                .map(address -> Endpoint.port("tcp", address, line.port()))
                .collect(Collectors.toSet());
        resolution = new Resolution(Optional.of(line), now);
        if (known.containsAll(now)) {
            return true;
        }
        tellCore();
        return addresses.stream().noneMatch(Endpoint::isLocal);
    }

    @Override
    protected TcpDialer newMedium(TcpClientSettings of, Consumer<InterfaceStatus> status) {
        return new TcpDialer(
                of.line(),
                this::core,
                () -> settings().queueBytes(),
                addresses -> mayConnect(of.line(), addresses),
                status,
                tally(),
                clock,
                timers);
    }

    /** Without the failure, which names the peer. */
    @Override
    protected void became(TcpDialer of, InterfaceStatus earlier, InterfaceStatus now) {
        if (now.isUp()) {
            super.became(of, earlier, now);
        } else if (earlier.state() != InterfaceState.DOWN) {
            LOG.info("Interface {} is down and tries again by itself; mesh:status {} says why", name(), name());
        }
    }

    @Override
    protected String news() {
        return "%d bit/s, %d byte packets".formatted(budget().bitsPerSecond(), budget().packetBytes());
    }

    @Override
    public void send(ByteBuffer packet) {
        TcpConnection connection = connection();
        if (connection == null) {
            tally().droppedOutgoing();
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
        super.close();
    }

    private TcpConnection connection() {
        TcpDialer current = medium();
        return current == null ? null : current.connection();
    }
}
