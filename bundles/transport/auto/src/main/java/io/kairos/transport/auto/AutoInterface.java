package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
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

/** Finds neighbours on the local network by itself; each is a child interface. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
        configurationPid = "io.kairos.transport.auto",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + AutoInterface.KIND_NAME)
@Designate(ocd = AutoConfig.class, factory = true)
public final class AutoInterface implements MeshInterface {

    static final String KIND_NAME = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(AutoInterface.class);
    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private final Clock clock;

    /** What was dropped here, and what loops of earlier settings have counted. */
    private final InterfaceTally tally = new InterfaceTally();

    private volatile AutoSettings settings;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private Optional<Failure> held = Optional.empty(); // guarded by switching

    // ---- written while holding this ----
    private volatile PacketSink sink;
    private volatile AutoLoop loop; // null while disabled, refused or held
    private Thread thread;

    @Activate
    public AutoInterface(AutoConfig config, Map<String, Object> properties, @Reference Clock clock) {
        this.clock = clock;
        try {
            settings = AutoSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = AutoSettings.refused(properties);
            status = InterfaceStatus.down(failure(refused));
            return;
        }
        synchronized (switching) {
            open();
        }
    }

    /** Settings changed. Neighbours stay unless they depend on what changed. */
    @Modified
    void modified(AutoConfig config, Map<String, Object> properties) {
        AutoSettings changed;
        try {
            changed = AutoSettings.from(config, properties);
        } catch (RuntimeException refused) {
            LOG.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    failure(refused).message());
            return;
        }
        AutoLoop running;
        synchronized (switching) {
            running = changed.line().equals(settings.line()) ? loop : null;
            if (running == null) {
                shut(AutoLoop::closeForRestart);
            }
            settings = changed;
            if (running == null) {
                open();
            }
        }
        if (running != null) {
            running.use(changed);
        }
        tellCore();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return KIND_NAME;
    }

    @Override
    public String description() {
        return "AutoInterface[" + settings.name() + "]";
    }

    @Override
    public synchronized void attach(PacketSink core) {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        sink = core;
        if (loop != null) {
            loop.attach(core);
        }
    }

    @Override
    public synchronized void detach() {
        sink = null;
        if (loop != null) {
            loop.detach();
        }
    }

    @Override
    public InterfaceStatus status() {
        return status;
    }

    @Override
    public LinkBudget budget() {
        return settings.budget();
    }

    @Override
    public Set<Endpoint> endpoints() {
        AutoSettings current = settings;
        return current.canBeOpened() ? AutoEndpoints.of(current) : Set.of();
    }

    @Override
    public void hold(Optional<Failure> why) {
        synchronized (switching) {
            if (status.state() == InterfaceState.CLOSED || held.equals(why)) {
                return;
            }
            held = why;
            if (!settings.canBeOpened()) {
                return;
            }
            shut(AutoLoop::closeForRestart);
            open();
        }
        tellCore();
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        all.add(tally.read());
        AutoLoop running = loop;
        if (running != null) {
            all.add(running.counters());
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
            shut(AutoLoop::close);
        }
    }

    /** Begins with the settings of now, unless they or the core say no; called while holding {@link #switching}. */
    private void open() {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        if (!settings.policy().enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
            return;
        }
        if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
            return;
        }
        status = InterfaceStatus.of(InterfaceState.STARTING);
        try {
            start(new AutoLoop(settings, clock, this::changed, this::tellCore));
        } catch (IOException e) {
            status = InterfaceStatus.down(failure(e));
        }
    }

    private synchronized void start(AutoLoop fresh) {
        loop = fresh;
        if (sink != null) {
            fresh.attach(sink);
        }
        thread = new Thread(fresh, "kairos-auto-" + settings.name() + "-read");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the loop in one of two ways and waits for its thread. */
    private void shut(Consumer<AutoLoop> how) {
        AutoLoop last;
        Thread runner;
        synchronized (this) {
            last = loop;
            runner = thread;
            loop = null;
            thread = null;
        }
        if (last == null) {
            return;
        }
        how.accept(last);
        if (runner != Thread.currentThread()) {
            try {
                runner.join(MOST_TO_CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        tally.add(last.counters());
    }

    /** On the thread of the loop. */
    private void changed(InterfaceStatus now) {
        boolean news;
        synchronized (this) {
            if (status.state() == InterfaceState.CLOSED || Thread.currentThread() != thread) {
                return;
            }
            news = !status.equals(now);
            status = now;
        }
        if (!news) {
            return;
        }
        if (now.isUp()) {
            LOG.info("Interface {} is up", name());
        } else {
            Failure why = now.failure().orElseThrow();
            LOG.warn("Interface {} is down: {}. {}", name(), why.message(), why.remedy());
        }
        tellCore();
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            core.changed();
        }
    }

    private static Failure failure(Exception refused) {
        return refused instanceof MeshException known
                ? known.failure()
                : new Failure(
                        Failure.Kind.CONFIGURATION,
                        "A setting cannot be read: " + refused.getMessage(),
                        "Correct it; the bundle's README lists all settings.");
    }
}
