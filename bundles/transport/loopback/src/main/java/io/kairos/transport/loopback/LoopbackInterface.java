package io.kairos.transport.loopback;

import io.kairos.api.time.Clock;
import io.kairos.api.transport.Endpoint;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.MeshInterface;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.ConfiguredInterface;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
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
 * smallest transport with a medium of its own. What every transport has in common is here or in {@link ConfiguredInterface}:
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
public final class LoopbackInterface extends ConfiguredInterface<LoopbackSettings, LoopbackLine> {

    static final String KIND_NAME = "loopback";

    private static final Logger LOG = LoggerFactory.getLogger(LoopbackInterface.class);

    private final LoopbackExchange exchange;
    private final Clock clock;
    private final Object delivering = new Object();

    @Activate
    public LoopbackInterface(
            LoopbackConfig config,
            Map<String, Object> properties,
            @Reference LoopbackExchange exchange,
            @Reference Clock clock) {
        super(KIND_NAME, LOG);
        this.exchange = exchange;
        this.clock = clock;
        begin(() -> LoopbackSettings.from(config, properties), () -> LoopbackSettings.refused(properties));
    }

    /** Settings changed; packets under way stay unless they go elsewhere now. */
    @Modified
    void modified(LoopbackConfig config, Map<String, Object> properties) {
        change(() -> LoopbackSettings.from(config, properties));
    }

    @Override
    protected LoopbackLine newMedium(LoopbackSettings of, Consumer<InterfaceStatus> status) {
        return new LoopbackLine(this, of.line(), exchange, clock, status);
    }

    /** Reticulum has no such interface; the form follows that of its others. */
    @Override
    public String description() {
        return "LoopbackInterface[" + name() + "]";
    }

    @Override
    public Set<Endpoint> endpoints() {
        LoopbackSettings current = settings();
        return current.canBeOpened()
                ? Stream.of(current.name(), current.peer())
                        .map(name -> new Endpoint(KIND_NAME, "memory", name))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public void send(ByteBuffer packet) {
        LoopbackInterface peer =
                status().isUp() ? exchange.find(settings().peer()).orElse(null) : null;
        LoopbackLine there = peer == null ? null : peer.medium();
        int bytes = packet.remaining();
        if (there == null) {
            tally().droppedOutgoing();
        } else if (isLostOnTheWay() || there.offer(packet, settings())) {
            tally().sent(bytes);
        } else {
            tally().droppedOutgoing();
        }
    }

    /** Missing its peer is how it begins, and nothing to warn of. */
    @Override
    protected void became(LoopbackLine of, InterfaceStatus earlier, InterfaceStatus now) {
        LOG.info("Interface {} is {}", name(), now.isUp() ? "up" : "down: its peer is missing");
    }

    @Deactivate
    @Override
    public void close() {
        super.close();
    }

    String peerName() {
        return settings().peer();
    }

    /** Whether a line is open now. */
    boolean isOpen() {
        return medium() != null;
    }

    /** The interface at the other end has come or gone. */
    void peerChanged() {
        LoopbackLine line = medium();
        if (line != null) {
            line.look();
        }
    }

    /** On the reading thread of a line. */
    void received(List<ByteBuffer> burst) {
        synchronized (delivering) { // a thread of earlier settings may be at its last burst
            deliver(burst);
        }
    }

    private void deliver(List<ByteBuffer> burst) {
        PacketSink last = null;
        for (ByteBuffer packet : burst) {
            PacketSink core = core();
            if (core == null) {
                tally().droppedIncoming();
                continue;
            }
            tally().received(packet.remaining());
            last = core;
            guarded(() -> core.received(packet));
        }
        if (last != null && last == core()) {
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

    private boolean isLostOnTheWay() {
        return settings().loss() > 0
                && ThreadLocalRandom.current().nextDouble() < settings().loss();
    }
}
