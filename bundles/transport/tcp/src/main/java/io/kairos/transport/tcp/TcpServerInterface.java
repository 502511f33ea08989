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
import io.kairos.api.transport.Offer;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts TCP connections; each is a child interface. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.tcp.server",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + TcpServerInterface.KIND_NAME)
@Designate(ocd = TcpServerConfig.class, factory = true)
public final class TcpServerInterface implements MeshInterface {

    static final String KIND_NAME = "tcp-server";

    private static final Logger LOG = LoggerFactory.getLogger(TcpServerInterface.class);

    private final Clock clock;
    private final Timers timers;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    /** What was dropped here, and what listeners of earlier settings have counted. */
    private final InterfaceTally tally = new InterfaceTally();

    private volatile TcpServerSettings settings;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    // ---- written while holding this ----
    private volatile Optional<Failure> held = Optional.empty();
    private volatile PacketSink sink;
    private volatile TcpListener listener;

    @Activate
    public TcpServerInterface(
            TcpServerConfig config, Map<String, Object> properties, @Reference Clock clock, @Reference Timers timers) {
        this.clock = clock;
        this.timers = timers;
        try {
            settings = TcpServerSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = TcpServerSettings.refused(properties);
            status = InterfaceStatus.down(Checks.failure(refused));
            return;
        }
        open();
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(TcpServerConfig config, Map<String, Object> properties) {
        TcpServerSettings changed;
        try {
            changed = TcpServerSettings.from(config, properties);
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
                shut(TcpListener::closeForRestart);
            }
            settings = changed;
            if (!sameLine) {
                open();
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
        return "TCPServerInterface[" + name() + "/" + settings.line().endpoint() + "]";
    }

    @Override
    public synchronized void attach(PacketSink core) {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        sink = core;
        if (listener != null) {
            listener.attach(core);
        }
    }

    @Override
    public synchronized void detach() {
        sink = null;
        if (listener != null) {
            listener.detach();
        }
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
        TcpServerSettings.Line line = settings.line();
        // on a device: whatever address it has, so it may be any of this machine
        return line.enabled()
                ? Set.of(Endpoint.port("tcp", line.device().isEmpty() ? line.host() : "", line.port()))
                : Set.of();
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
            shut(TcpListener::closeForRestart);
            open();
        }
        tellCore();
    }

    /** Whoever connects speaks to it as to the servers of Reticulum; of its two kinds this is the one others connect to by themselves. */
    @Override
    public Optional<Offer> offer() {
        long port = settings.line().port();
        return Optional.of(new Offer("BackboneInterface", Map.of("port", port)));
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        TcpListener current = listener;
        InterfaceTally all = new InterfaceTally();
        all.add(tally.read());
        if (current != null) {
            all.add(current.counters());
        }
        return all.read();
    }

    @Override
    public boolean carriesPackets() {
        return false;
    }

    @Override
    public void send(ByteBuffer packet) {
        tally.droppedOutgoing();
    }

    @Deactivate
    @Override
    public void close() {
        synchronized (switching) {
            synchronized (this) {
                status = InterfaceStatus.of(InterfaceState.CLOSED);
                sink = null;
            }
            shut(TcpListener::close);
        }
    }

    private boolean isRefused() {
        return listener == null && status.state() == InterfaceState.DOWN;
    }

    /** Begins with the settings of now, unless they or the core say no; called while holding {@link #switching}. */
    private void open() {
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
        TcpListener fresh = new TcpListener(settings.line(), () -> settings, this::changed, clock, timers);
        synchronized (this) {
            listener = fresh;
            if (sink != null) {
                fresh.attach(sink);
            }
        }
        fresh.start();
    }

    private void shut(Consumer<TcpListener> how) {
        TcpListener last;
        synchronized (this) {
            last = listener;
            listener = null;
        }
        if (last != null) {
            how.accept(last);
            tally.add(last.counters());
        }
    }

    private void changed(InterfaceStatus now) {
        boolean news;
        synchronized (this) {
            if (status.state() == InterfaceState.CLOSED || held.isPresent() || status.equals(now)) {
                return;
            }
            news = status.state() != now.state();
            status = now;
        }
        if (news && now.isUp()) {
            LOG.info(
                    "Interface {} is up: listens on port {}",
                    name(),
                    settings.line().port());
        } else if (news) {
            LOG.warn(
                    "Interface {} is down: {}. {}",
                    name(),
                    now.failure().orElseThrow().message(),
                    now.failure().orElseThrow().remedy());
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
