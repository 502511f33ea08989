package io.kairos.transport.i2p;

import io.kairos.api.store.Store;
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
import io.kairos.lib.stream.Sockets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

/**
 * Reaches peers through an I2P router. Compatible with Reticulum's interface of this kind: each peer that it calls, and each
 * that has connected, is a child.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.i2p",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + I2pInterface.KIND_NAME)
@Designate(ocd = I2pConfig.class, factory = true)
public final class I2pInterface extends PeersInterface<I2pSettings> {

    static final String KIND_NAME = "i2p";

    /** Between the name of the interface and the number of a peer in its settings. */
    private static final String CALLED = "/to-";

    private static final Logger LOG = LoggerFactory.getLogger(I2pInterface.class);

    private final Clock clock;
    private final AtomicLong incoming = new AtomicLong();

    /** {@code null} while there is none. */
    private volatile Store store;

    /** The own address, once the bridge or the store has told it. */
    private volatile Optional<Destination> own = Optional.empty();

    /** Of the line that is open; {@code null} while there is no bridge. */
    private volatile SamSessions sessions;

    @Activate
    public I2pInterface(
            I2pConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this(config, properties, clock, timers, null);
    }

    /** For tests: with a store from the beginning. */
    I2pInterface(I2pConfig config, Map<String, Object> properties, Clock clock, Timers timers, Store store) {
        super(KIND_NAME, clock, timers, LOG);
        this.clock = clock;
        this.store = store;
        begin(() -> I2pSettings.from(config, properties), () -> I2pSettings.refused(properties));
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
    void modified(I2pConfig config, Map<String, Object> properties) {
        change(() -> I2pSettings.from(config, properties));
    }

    @Override
    public String description() {
        return "I2PInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        I2pSettings now = settings();
        if (!now.policy().enabled()) {
            return Set.of();
        }
        Stream<String> mine = now.line().connectable() ? own.map(Destination::base32).stream() : Stream.empty();
        Stream<String> theirs = now.line().peers().stream().map(PeerAddress::place);
        return Stream.concat(mine, theirs)
                .map(place -> new Endpoint("i2p", place, ""))
                .collect(Collectors.toSet());
    }

    /** The address by which Reticulum programs reach it, too. */
    @Override
    public Optional<Offer> offer() {
        return settings().line().connectable()
                ? own.map(found -> new Offer("I2PInterface", Map.of("reachable_on", found.base32())))
                : Optional.empty();
    }

    @Override
    protected int mostPeers() {
        return settings().line().peers().size() + settings().mostIncoming();
    }

    /** Whoever calls opens a tunnel, so that paths outlive the connection. */
    @Override
    protected InterfacePolicy policyOf(PeerInterface peer) {
        return peer.name().startsWith(name() + CALLED) ? policy().withTunnel() : policy();
    }

    @Override
    protected Line newLine(I2pSettings of) {
        return new BridgeLine(this, of.line(), new OwnKeys(() -> store));
    }

    @Override
    protected RetryPace pace(I2pSettings of) {
        return RetryPace.every(of.line().reconnectDelay());
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    // ---- for the lines ----

    Clock clock() {
        return clock;
    }

    void ownAddress(Destination found) {
        boolean isNew = !own.equals(Optional.of(found));
        own = Optional.of(found);
        if (isNew) {
            tellCore();
        }
    }

    /** The bridge is there: peers are called, those that wait at once. */
    void bridgeIsThere(SamSessions opened, I2pSettings.Line line) {
        sessions = opened;
        List<PeerInterface> present = peers();
        for (int i = 0; i < line.peers().size(); i++) {
            PeerAddress address = line.peers().get(i);
            String name = line.name() + CALLED + (i + 1);
            present.stream()
                    .filter(peer -> peer.name().equals(name))
                    .findAny()
                    .ifPresentOrElse(PeerInterface::tryNow, () -> call(name, address, line));
        }
    }

    void bridgeIsGone(SamSessions over) {
        if (sessions == over) {
            sessions = null;
        }
    }

    /** The sessions of now, or {@code null}. */
    SamSessions sessions() {
        return sessions;
    }

    /** Somebody has connected. */
    void arrived(SamConnection connection, Sockets sockets, I2pSettings.Line line) {
        String name = line.name() + "/" + incoming.incrementAndGet();
        connected(
                name,
                "I2PInterfacePeer[Connected peer on " + line.name() + "]",
                new AcceptedLine(connection, sockets, name, line, clock));
    }

    private void call(String name, PeerAddress address, I2pSettings.Line line) {
        called(
                name,
                "I2PInterfacePeer[%s to %s]".formatted(line.name(), address.text()),
                () -> new CalledLine(this, name, address, line),
                new RetryPace(line.setUpDelay(), line.reconnectDelay()));
    }
}
