package io.kairos.transport.local;

import io.kairos.api.failure.Failure;
import io.kairos.api.health.Finding;
import io.kairos.api.health.HealthCheck;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a shared instance that runs on this machine already, another node or rnsd: this node is one of its programs.
 */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.local.client",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + LocalClientInterface.KIND_NAME)
@Designate(ocd = LocalClientConfig.class, factory = true)
public final class LocalClientInterface implements MeshInterface, HealthCheck {

    static final String KIND_NAME = "local-client";

    private static final Logger LOG = LoggerFactory.getLogger(LocalClientInterface.class);

    private final Timers timers;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    /** What was dropped here, and what connections of earlier settings have counted. */
    private final InterfaceTally tally = new InterfaceTally();

    private volatile LocalClientSettings settings;
    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);
    private volatile Optional<Failure> held = Optional.empty();

    /** {@code null} while disabled, refused, held or closed. */
    private volatile InstanceDialer dialer;

    @Activate
    public LocalClientInterface(LocalClientConfig config, Map<String, Object> properties, @Reference Timers timers) {
        this.timers = timers;
        try {
            settings = LocalClientSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = LocalClientSettings.refused(properties);
            status = InterfaceStatus.down(LocalSettings.failure(refused));
            return;
        }
        dial();
    }

    /** Settings changed. The connection stays unless it depends on what changed. */
    @Modified
    void modified(LocalClientConfig config, Map<String, Object> properties) {
        LocalClientSettings changed;
        try {
            changed = LocalClientSettings.from(config, properties);
        } catch (RuntimeException refused) {
            LOG.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    LocalSettings.failure(refused).message());
            return;
        }
        synchronized (switching) {
            boolean sameLine = changed.line().equals(settings.line()) && !isRefused();
            if (!sameLine) {
                hangUp();
            }
            settings = changed;
            if (!sameLine) {
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
        return "LocalInterface[" + settings.line().endpoint().text() + "]";
    }

    @Override
    public boolean leadsToSharedInstance() {
        return true;
    }

    @Override
    public Set<io.kairos.api.transport.Endpoint> endpoints() {
        LocalClientSettings.Line line = settings.line();
        return line.enabled() ? Set.of(line.endpoint().place()) : Set.of();
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
        return LocalSettings.BUDGET;
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        InstanceDialer current = dialer;
        InterfaceTally all = new InterfaceTally();
        all.add(tally.read());
        if (current != null) {
            all.add(current.counters());
        }
        return all.read();
    }

    @Override
    public void send(ByteBuffer packet) {
        ProgramConnection connection = connection();
        if (connection == null) {
            tally.droppedOutgoing();
        } else {
            connection.send(packet);
        }
    }

    @Override
    public void flush() {
        ProgramConnection connection = connection();
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

    // ---- health ----

    @Override
    public String subject() {
        return "shared instance";
    }

    @Override
    public List<Finding> examine() {
        if (!status.isUp()) {
            return List.of(); // whether and why it is down is found with all other interfaces
        }
        List<Finding> findings = new ArrayList<>();
        Endpoint endpoint = settings.line().endpoint();
        if (endpoint.fellBack()) {
            findings.add(Finding.warning(
                    "Abstract Unix sockets cannot be had here: the shared instance is used over TCP",
                    "Install the native part of the socket library, or set socket = tcp."));
        }
        findings.add(Finding.ok("Is a program of the shared instance at " + endpoint.text()));
        return findings;
    }

    // ---- the connection ----

    private ProgramConnection connection() {
        InstanceDialer current = dialer;
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
        LocalClientSettings.Line line = settings.line();
        if (!line.enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
            return;
        }
        if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
            return;
        }
        if (line.endpoint().cannotBeHad()) {
            status = InterfaceStatus.down(Endpoint.noUnixSockets());
            return;
        }
        status = InterfaceStatus.of(InterfaceState.STARTING);
        InstanceDialer fresh = new InstanceDialer(line, () -> sink, () -> settings.queueBytes(), this::changed, timers);
        dialer = fresh;
        fresh.start();
    }

    private void hangUp() {
        InstanceDialer last = dialer;
        dialer = null;
        if (last != null) {
            last.close();
            tally.add(last.counters());
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
                    "Interface {} is up: a program of the shared instance at {}",
                    name(),
                    settings.line().endpoint().text());
        } else if (earlier.state() != InterfaceState.DOWN) {
            Failure why = now.failure().orElseThrow();
            LOG.info("Interface {} is down: {}. {}", name(), why.message(), why.remedy());
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
