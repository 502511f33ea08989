package io.kairos.transport.loopback;

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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * <p>A change of settings keeps the interface; only another name, another peer or switching it off makes it leave and join
 * the exchange anew. Wrong settings change nothing.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
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
    private final InterfaceTally tally = new InterfaceTally();
    private final Object delivering = new Object();

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private volatile LoopbackSettings settings;
    private volatile PacketSink sink;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    private Optional<Failure> held = Optional.empty(); // guarded by switching

    // ---- written while holding this ----
    private volatile Inbox inbox; // of the reading thread that counts; null while there is none

    @Activate
    public LoopbackInterface(
            LoopbackConfig config,
            Map<String, Object> properties,
            @Reference LoopbackExchange exchange,
            @Reference Clock clock) {
        this.exchange = exchange;
        this.clock = clock;
        try {
            settings = checked(config, properties);
        } catch (MeshException refused) {
            settings = fallback(properties);
            status = InterfaceStatus.down(refused.failure());
            return;
        }
        synchronized (switching) {
            open(); // last, so that the thread sees a complete object
        }
    }

    /** Settings changed; packets under way stay unless they go elsewhere now. */
    @Modified
    void modified(LoopbackConfig config, Map<String, Object> properties) {
        LoopbackSettings changed;
        try {
            changed = checked(config, properties);
        } catch (MeshException refused) {
            LOG.warn("Interface {} goes on with its last settings: {}", name(), refused.getMessage());
            return;
        }
        synchronized (switching) {
            boolean isSameLine = inbox != null && changed.isSameLine(settings);
            if (!isSameLine) {
                leave();
            }
            settings = changed;
            if (!isSameLine) {
                open();
            }
        }
        tellCore();
    }

    /** Begins with the settings of now, unless they or the core say no; called while holding {@link #switching}. */
    private void open() {
        if (isClosed()) {
            return;
        }
        if (!settings.policy().enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
        } else if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
        } else {
            status = InterfaceStatus.of(InterfaceState.STARTING);
            Inbox mine = new Inbox();
            inbox = mine;
            Thread reader = new Thread(() -> readUntilClosed(mine), "kairos-loopback-" + settings.name() + "-read");
            reader.setDaemon(true);
            reader.start();
        }
    }

    /** Nobody reaches this interface any more, and its thread ends. */
    private void leave() {
        Inbox last;
        synchronized (this) {
            last = inbox;
            inbox = null;
        }
        exchange.leave(this);
        if (last != null) {
            // Not interrupted: the thread may be inside the core, where an interrupt would do harm. The inbox lets it
            // go.
            last.close();
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
        LoopbackSettings current = settings;
        return current.canBeOpened()
                ? Stream.of(current.name(), current.peer())
                        .map(name -> new Endpoint(KIND_NAME, "memory", name))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public void hold(Optional<Failure> why) {
        synchronized (switching) {
            if (isClosed() || held.equals(why)) {
                return;
            }
            held = why;
            if (!settings.canBeOpened()) {
                return;
            }
            leave();
            open();
        }
        tellCore();
    }

    private boolean isClosed() {
        return status.state() == InterfaceState.CLOSED;
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
        Inbox there = peer == null ? null : peer.inbox;
        int bytes = packet.remaining();
        if (there == null) {
            tally.droppedOutgoing();
        } else if (isLostOnTheWay() || there.offer(packet, clock.nanos(), settings)) {
            tally.sent(bytes);
        } else {
            tally.droppedOutgoing();
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
            leave();
        }
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
            if (inbox == null || isClosed() || status.equals(now)) {
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

    /** The thread joins the exchange itself: nobody meets an interface whose constructor has not ended. */
    private void readUntilClosed(Inbox mine) {
        List<ByteBuffer> burst = new ArrayList<>();
        try {
            exchange.join(this);
            peerChanged();
            leaveAgainIfClosed();
            while (mine.take(burst, clock)) {
                synchronized (delivering) { // a thread of earlier settings may be at its last burst
                    deliver(burst);
                }
                burst.clear();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void leaveAgainIfClosed() {
        if (inbox == null) {
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

    private static LoopbackSettings checked(LoopbackConfig config, Map<String, ?> properties) {
        LoopbackSettings checked = LoopbackSettings.from(config, properties);
        Object refused = properties.get(REFUSED);
        if (refused != null) {
            throw new MeshException(
                    Failure.Kind.CONFIGURATION,
                    refused.toString(),
                    "Correct the setting; mesh:doctor names file and key.");
        }
        return checked;
    }

    /** Enough to have a name and to be shown, for settings that were refused. */
    private static LoopbackSettings fallback(Map<String, ?> properties) {
        Object given = properties.get("interface.name");
        String name = given == null ? KIND_NAME : given.toString();
        return new LoopbackSettings(name, name, Duration.ZERO, 0, 0, 0, InterfacePolicy.DEFAULT);
    }
}
