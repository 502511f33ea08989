package io.kairos.transport.tor;

import io.kairos.api.store.Store;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.Offer;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.PeersInterface;
import io.kairos.lib.medium.RetryPace;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is reached as an onion service of Tor; each connection is a child. Framed as TCP is, so peers may be Reticulum's. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.tor.server",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + TorServerInterface.KIND_NAME)
@Designate(ocd = TorServerConfig.class, factory = true)
public final class TorServerInterface extends PeersInterface<TorServerSettings> {

    static final String KIND_NAME = "tor-server";

    private static final Logger LOG = LoggerFactory.getLogger(TorServerInterface.class);

    private final Clock clock;
    private final AtomicLong connections = new AtomicLong();

    /** {@code null} while there is none. */
    private volatile Store store;

    /** The own address, once tor or the store has told it. */
    private volatile Optional<String> onion = Optional.empty();

    @Activate
    public TorServerInterface(
            TorServerConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this(config, properties, clock, timers, null);
    }

    /** For tests: with a store from the beginning. */
    TorServerInterface(
            TorServerConfig config, Map<String, Object> properties, Clock clock, Timers timers, Store store) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.store = store;
        begin(() -> TorServerSettings.from(config, properties), () -> TorServerSettings.refused(properties));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setStore(Store present) {
        store = present;
        tryNow();
    }

    void unsetStore(Store gone) {
        if (store == gone) {
            store = null;
        }
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(TorServerConfig config, Map<String, Object> properties) {
        change(() -> TorServerSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "TorServerInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        TorServerSettings now = settings();
        return now.policy().enabled()
                ? onion.map(host -> Set.of(Places.of(host, now.line().onionPort())))
                        .orElse(Set.of())
                : Set.of();
    }

    /** Announced as a TCP server, to which nobody connects by itself: whoever wants to join needs Tor. */
    @Override
    public Optional<Offer> offer() {
        long port = settings().line().onionPort();
        return onion.map(host -> new Offer("TCPServerInterface", Map.of("reachable_on", host, "port", port)));
    }

    @Override
    protected int mostPeers() {
        return settings().mostConnections();
    }

    @Override
    protected Line newLine(TorServerSettings of) {
        return new TorServerLine(this, of.line(), new OnionKeys(() -> store), clock);
    }

    @Override
    protected RetryPace pace(TorServerSettings of) {
        return RetryPace.every(of.line().reconnectDelay());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    // ---- for the lines ----

    /** @param service the address without {@code .onion} */
    void ownAddress(String service) {
        Optional<String> found = Optional.of(service + ".onion");
        boolean isNew = !onion.equals(found);
        onion = found;
        if (isNew) {
            tellCore();
        }
    }

    /** Somebody has connected. */
    void arrived(Socket socket, TorServerSettings.Line line) {
        String name = line.name() + "/" + connections.incrementAndGet();
        String described = "TCPInterface[Client on %s/127.0.0.1:%d]".formatted(line.name(), socket.getPort());
        connected(name, described, new TorAcceptedLine(socket, name, line.stream(), clock));
    }
}
