package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds neighbours on the local network by itself; each is a child interface. Carries no packets itself. */
@Component(
        service = MeshInterface.class,
        configurationPid = "io.kairos.transport.auto",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + AutoInterface.KIND_NAME)
@Designate(ocd = AutoConfig.class, factory = true)
public final class AutoInterface implements MeshInterface {

    static final String KIND_NAME = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(AutoInterface.class);
    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private final AutoSettings settings;
    private final Tally tally = new Tally();

    /** {@code null} while disabled or refused. */
    private final AutoLoop loop;

    private final Thread thread;

    private volatile PacketSink sink;
    private volatile Optional<Failure> held = Optional.empty();
    private volatile InterfaceStatus status;

    @Activate
    public AutoInterface(AutoConfig config, Map<String, Object> properties, @Reference Clock clock) {
        AutoSettings checked;
        InterfaceStatus beginning;
        AutoLoop made = null;
        try {
            checked = AutoSettings.from(config, properties);
            beginning =
                    InterfaceStatus.of(checked.policy().enabled() ? InterfaceState.STARTING : InterfaceState.DISABLED);
            made = beginning.state() == InterfaceState.STARTING
                    ? new AutoLoop(checked, clock, this::changed, this::tellCore)
                    : null;
        } catch (RuntimeException
                | IOException refused) { // also what the container says when a value cannot be converted
            checked = AutoSettings.refused(properties);
            beginning = InterfaceStatus.down(failure(refused));
        }
        settings = checked;
        status = beginning;
        loop = made;
        thread = made == null ? null : new Thread(made, "kairos-auto-" + settings.name() + "-read");
        if (thread != null) {
            thread.setDaemon(true);
            thread.start();
        }
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
    public void attach(PacketSink core) {
        if (status.state() == InterfaceState.CLOSED) {
            return;
        }
        sink = core;
        if (loop != null) {
            loop.attach(core);
        }
    }

    @Override
    public void detach() {
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
        return loop == null ? Set.of() : AutoEndpoints.of(settings);
    }

    @Override
    public void hold(Optional<Failure> why) {
        synchronized (this) {
            if (loop == null || status.state() == InterfaceState.CLOSED || held.equals(why)) {
                return;
            }
            held = why;
            status = why.map(InterfaceStatus::down).orElse(InterfaceStatus.of(InterfaceState.STARTING));
        }
        loop.hold(why.isPresent());
        tellCore();
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            core.changed();
        }
    }

    @Override
    public InterfacePolicy policy() {
        return settings.policy();
    }

    @Override
    public InterfaceCounters counters() {
        Tally all = new Tally();
        all.add(tally.read());
        if (loop != null) {
            all.add(loop.counters());
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
        synchronized (this) {
            status = InterfaceStatus.of(InterfaceState.CLOSED);
        }
        sink = null;
        if (loop == null) {
            return;
        }
        loop.close();
        if (thread != Thread.currentThread()) {
            try {
                thread.join(MOST_TO_CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** On the thread of the loop. */
    private void changed(InterfaceStatus now) {
        boolean news;
        synchronized (this) {
            if (status.state() == InterfaceState.CLOSED || held.isPresent()) {
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

    private static Failure failure(Exception refused) {
        return refused instanceof MeshException known
                ? known.failure()
                : new Failure(
                        Failure.Kind.CONFIGURATION,
                        "A setting cannot be read: " + refused.getMessage(),
                        "Correct it; the bundle's README lists all settings.");
    }
}
