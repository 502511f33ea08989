package io.kairos.transport.loopback;

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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins two interfaces of one process: what is sent on one arrives at the other. The medium is memory, so this is the
 * smallest complete transport and the one to copy. What every transport has in common is here:
 *
 * <ul>
 *   <li>One configuration, one component, one interface. Nothing is looked up, nothing is static.
 *   <li>The constructor never throws and never waits. Wrong settings make an interface that is down and says why.
 *   <li>One reading thread, which hands packets to the core one after the other and closes each burst. Whoever sends only
 *       copies the packet.
 *   <li>The queue has a bound, and what it drops is counted.
 *   <li>{@link #close()} ends the thread and can be called twice.
 * </ul>
 *
 * <p>There is no {@code Modified} method: a change of settings makes a new component, which is right where an interface is
 * set up in no time.
 */
@Component(
        service = MeshInterface.class,
        configurationPid = "io.kairos.transport.loopback",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + LoopbackInterface.KIND_NAME)
@Designate(ocd = LoopbackConfig.class, factory = true)
public final class LoopbackInterface implements MeshInterface {

    static final String KIND_NAME = "loopback";

    /** Set by the node's own configuration check when it refused the settings; its text is why. */
    private static final String REFUSED = "kairos.refused";

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackInterface.class);

    private final LoopbackExchange exchange;
    private final Clock clock;
    private final LoopbackSettings settings;
    private final Inbox inbox = new Inbox();
    private final Tally tally = new Tally();
    private final Thread reader;

    private volatile PacketSink sink;
    private volatile Optional<Failure> held = Optional.empty();
    private volatile InterfaceStatus status;

    @Activate
    public LoopbackInterface(
            LoopbackConfig config,
            Map<String, Object> properties,
            @Reference LoopbackExchange exchange,
            @Reference Clock clock) {
        this.exchange = exchange;
        this.clock = clock;
        LoopbackSettings checked = fallback(properties);
        InterfaceStatus start;
        try {
            checked = LoopbackSettings.from(config, properties);
            start = beginning(checked, properties);
        } catch (MeshException refused) {
            start = InterfaceStatus.down(refused.failure());
        }
        this.settings = checked;
        this.status = start;
        this.reader = start.state() == InterfaceState.STARTING ? readingThread() : null;
        if (reader != null) {
            reader.start(); // last, so that the thread sees a complete object
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

    /** Reticulum has no such interface; the form follows that of its others. */
    @Override
    public String description() {
        return "LoopbackInterface[" + settings.name() + "]";
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
        return settings.budget();
    }

    @Override
    public Set<Endpoint> endpoints() {
        return reader == null
                ? Set.of()
                : Set.of(
                        new Endpoint(KIND_NAME, "memory", settings.name()),
                        new Endpoint(KIND_NAME, "memory", settings.peer()));
    }

    /** The thread stays; without a place in the exchange nothing comes and nothing goes. */
    @Override
    public void hold(Optional<Failure> why) {
        synchronized (this) {
            if (reader == null || status.state() == InterfaceState.CLOSED || held.equals(why)) {
                return;
            }
            held = why;
            status = why.map(InterfaceStatus::down).orElse(InterfaceStatus.of(InterfaceState.STARTING));
        }
        if (why.isPresent()) {
            exchange.leave(this);
            tellCore();
        } else {
            exchange.join(this);
            peerChanged();
            leaveAgainIfClosed();
        }
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
        LoopbackInterface peer = status.isUp() ? exchange.find(settings.peer()).orElse(null) : null;
        int bytes = packet.remaining();
        if (peer == null) {
            tally.droppedOutgoing();
        } else if (isLostOnTheWay() || peer.inbox.offer(packet, clock.nanos(), settings)) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
        }
    }

    @Deactivate
    @Override
    public void close() {
        synchronized (this) {
            status = InterfaceStatus.of(InterfaceState.CLOSED);
            sink = null;
        }
        exchange.leave(this);
        // Not interrupted: the thread may be inside the core, where an interrupt would do harm. The inbox lets it go.
        inbox.close();
    }

    LoopbackSettings settings() {
        return settings;
    }

    /** The interface at the other end has come or gone. */
    void peerChanged() {
        InterfaceStatus now;
        synchronized (this) { // the look-up too: of two threads that are told, the later one knows better
            now = exchange.find(settings.peer()).isPresent()
                    ? InterfaceStatus.of(InterfaceState.UP)
                    : InterfaceStatus.down(noPeer());
            if (reader == null || held.isPresent() || status.state() == InterfaceState.CLOSED || status.equals(now)) {
                return;
            }
            status = now;
        }
        LOG.info("Interface {} is {}", name(), now.isUp() ? "up" : "down: its peer is missing");
        tellCore();
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            core.changed();
        }
    }

    // ---- the reading thread ----

    private Thread readingThread() {
        Thread thread = new Thread(this::readUntilClosed, "kairos-loopback-" + settings.name() + "-read");
        thread.setDaemon(true);
        return thread;
    }

    /** The thread joins the exchange itself: nobody meets an interface whose constructor has not ended. */
    private void readUntilClosed() {
        List<ByteBuffer> burst = new ArrayList<>();
        try {
            exchange.join(this);
            peerChanged();
            leaveAgainIfClosed();
            while (inbox.take(burst, clock)) {
                deliver(burst);
                burst.clear();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveAgainIfClosed() {
        if (status.state() == InterfaceState.CLOSED || held.isPresent()) {
            exchange.leave(this);
        }
    }

    private void deliver(List<ByteBuffer> burst) {
        PacketSink last = null;
        for (ByteBuffer packet : burst) {
            PacketSink core = sink;
            if (core == null) {
                tally.droppedIncoming();
                continue;
            }
            tally.received(packet.remaining());
            last = core;
            guarded(() -> core.received(packet));
        }
        if (last != null && last == sink) {
            guarded(last::endOfBurst);
        }
    }

    /** A fault of the core costs one packet, not the interface. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error(
                    "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                    name(),
                    fault);
        }
    }

    // ---- helpers ----

    private boolean isLostOnTheWay() {
        return settings.loss() > 0 && ThreadLocalRandom.current().nextDouble() < settings.loss();
    }

    private Failure noPeer() {
        return new Failure(
                Failure.Kind.CONFIGURATION,
                "There is no loopback interface named " + settings.peer(),
                "Create one with interface.name = %s and peer = %s, or correct peer."
                        .formatted(settings.peer(), name()));
    }

    private static InterfaceStatus beginning(LoopbackSettings checked, Map<String, ?> properties) {
        Object refused = properties.get(REFUSED);
        if (refused != null) {
            return InterfaceStatus.down(new Failure(
                    Failure.Kind.CONFIGURATION,
                    refused.toString(),
                    "Correct the setting; mesh:doctor names file and key."));
        }
        return InterfaceStatus.of(checked.policy().enabled() ? InterfaceState.STARTING : InterfaceState.DISABLED);
    }

    /** Enough to have a name and to be shown, for settings that were refused. */
    private static LoopbackSettings fallback(Map<String, ?> properties) {
        Object given = properties.get("interface.name");
        String name = given == null ? KIND_NAME : given.toString();
        return new LoopbackSettings(name, name, Duration.ZERO, 0, 0, 4_096, InterfacePolicy.DEFAULT);
    }
}
