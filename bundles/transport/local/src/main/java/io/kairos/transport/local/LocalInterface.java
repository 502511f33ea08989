package io.kairos.transport.local;

import io.kairos.api.admin.ProgramCalls;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
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
 * The shared instance: Reticulum programs on this machine connect and use the node's interfaces. Each program is a child;
 * the interface itself carries no packets.
 */
@Component(
        service = {MeshInterface.class, HealthCheck.class},
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.local",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + LocalInterface.KIND_NAME)
@Designate(ocd = LocalConfig.class, factory = true)
public final class LocalInterface implements MeshInterface, HealthCheck {

    static final String KIND_NAME = "local";

    private static final Logger LOG = LoggerFactory.getLogger(LocalInterface.class);

    private final Timers timers;

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    /** What was dropped here, and what sockets of earlier settings have counted. */
    private final InterfaceTally tally = new InterfaceTally();

    private volatile LocalSettings settings;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** By network. */
    private final Map<String, ProgramCalls> calls = new ConcurrentHashMap<>();

    // ---- written while holding this ----
    private volatile Optional<Failure> held = Optional.empty();
    private volatile PacketSink sink;
    private volatile Sockets sockets;

    @Activate
    public LocalInterface(LocalConfig config, Map<String, Object> properties, @Reference Timers timers) {
        this.timers = timers;
        try {
            settings = LocalSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = LocalSettings.refused(properties);
            status = InterfaceStatus.down(LocalSettings.failure(refused));
            return;
        }
        open();
    }

    /** Settings changed. Connections stay unless they depend on what changed. */
    @Modified
    void modified(LocalConfig config, Map<String, Object> properties) {
        LocalSettings changed;
        try {
            changed = LocalSettings.from(config, properties);
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
                shut(Sockets::closeForRestart);
            }
            settings = changed;
            if (!sameLine) {
                open();
            }
        }
        tellCore();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCalls(ProgramCalls present, Map<String, Object> properties) {
        calls.put(String.valueOf(properties.getOrDefault("network", "main")), present);
    }

    void unbindCalls(ProgramCalls gone) {
        calls.values().removeIf(present -> present == gone);
    }

    /** Programs are told of their own network alone. */
    private Optional<ProgramCalls> ownCalls() {
        return Optional.ofNullable(calls.get(settings.policy().network()));
    }

    @Override
    public Set<io.kairos.api.transport.Endpoint> endpoints() {
        LocalSettings.Line line = settings.line();
        if (!line.enabled()) {
            return Set.of();
        }
        Endpoint here = line.endpoint();
        return here.unix()
                ? Set.of(here.place())
                : Set.of(here.place(), io.kairos.api.transport.Endpoint.port("tcp", "localhost", here.controlPort()));
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
            shut(Sockets::closeForRestart);
            open();
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
        return "Shared Instance[" + settings.line().endpoint().text() + "]";
    }

    @Override
    public synchronized void attach(PacketSink core) {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        sink = core;
        if (sockets != null) {
            sockets.programs().attach(core);
        }
    }

    @Override
    public synchronized void detach() {
        sink = null;
        if (sockets != null) {
            sockets.programs().detach();
        }
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
        Sockets current = sockets;
        InterfaceTally all = new InterfaceTally();
        all.add(tally.read());
        if (current != null) {
            all.add(current.programs().counters());
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
            shut(Sockets::close);
        }
    }

    // ---- health ----

    @Override
    public String subject() {
        return "programs on this machine";
    }

    @Override
    public List<Finding> examine() {
        Sockets current = sockets;
        if (current == null || !status.isUp()) {
            return List.of(); // whether and why it is down is found with all other interfaces
        }
        List<Finding> findings = new ArrayList<>();
        Endpoint endpoint = settings.line().endpoint();
        if (endpoint.fellBack()) {
            findings.add(Finding.warning(
                    "Abstract Unix sockets cannot be had here: programs are served over TCP, where they do not look",
                    "Set shared_instance_type = tcp in the [reticulum] section of the programs."));
        }
        Optional<Failure> control = current.control().failure();
        control.ifPresent(why -> findings.add(Finding.warning(
                "Programs can send packets, but rnstatus, rnpath and others cannot ask this node: " + why.message(),
                why.remedy())));
        if (current.door().refused() > 0) {
            findings.add(Finding.warning(
                    "Questions were refused %d times because the program has another key"
                            .formatted(current.door().refused()),
                    "Programs of another user or with another --config have another key: write the same rpc_key into"
                            + " their configuration and as rpc.key here. The key of this node comes from "
                            + current.keyOrigin() + "."));
        }
        findings.add(Finding.ok("Serves Reticulum programs at %s; %d are connected"
                .formatted(endpoint.text(), current.programs().size())));
        return findings;
    }

    // ---- the sockets ----

    private boolean isRefused() {
        return sockets == null && status.state() == InterfaceState.DOWN;
    }

    /** Begins with the settings of now, unless they or the core say no; called while holding {@link #switching}. */
    private void open() {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        LocalSettings.Line line = settings.line();
        if (!line.enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
            return;
        }
        if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
            return;
        }
        status = InterfaceStatus.of(InterfaceState.STARTING);
        if (line.endpoint().fellBack()) {
            LOG.warn(
                    "Interface {}: abstract Unix sockets cannot be had here, programs are served over TCP; set"
                            + " shared_instance_type = tcp in their configuration",
                    name());
        }
        Sockets fresh = Sockets.make(line, () -> settings, this::ownCalls, this::changed, timers);
        synchronized (this) {
            sockets = fresh;
            if (sink != null) {
                fresh.programs().attach(sink);
            }
        }
        fresh.programs().start();
    }

    private void shut(Consumer<Sockets> how) {
        Sockets last;
        synchronized (this) {
            last = sockets;
            sockets = null;
        }
        if (last != null) {
            how.accept(last);
            tally.add(last.programs().counters());
        }
    }

    private void changed(InterfaceStatus now) {
        boolean news;
        Sockets current;
        synchronized (this) {
            if (status.state() == InterfaceState.CLOSED || held.isPresent() || status.equals(now)) {
                return;
            }
            news = status.state() != now.state();
            status = now;
            current = sockets;
        }
        if (news && now.isUp()) {
            LOG.info(
                    "Interface {} is up: serves programs at {}",
                    name(),
                    settings.line().endpoint().text());
        } else if (news) {
            LOG.warn(
                    "Interface {} is down: {}. {}",
                    name(),
                    now.failure().orElseThrow().message(),
                    now.failure().orElseThrow().remedy());
        }
        if (now.isUp() && current != null) {
            current.openControl();
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
