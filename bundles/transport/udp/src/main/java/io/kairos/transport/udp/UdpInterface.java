package io.kairos.transport.udp;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries each packet as one datagram, to one address. One thread opens the socket and reads it; where that fails the
 * thread ends and a timer starts the next.
 */
@Component(
        service = MeshInterface.class,
        configurationPid = "io.kairos.transport.udp",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = MeshInterface.KIND + "=" + UdpInterface.KIND_NAME)
@Designate(ocd = UdpConfig.class, factory = true)
public final class UdpInterface implements MeshInterface {

    static final String KIND_NAME = "udp";

    private static final Logger LOG = LoggerFactory.getLogger(UdpInterface.class);

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private static final String EVERYBODY = "255.255.255.255";
    private static final Pattern TO_MANY = Pattern.compile("(.*\\.255)|((22[4-9]|23\\d)\\..*)"); // broadcast, multicast

    private final UdpSettings settings;
    private final Timers timers;
    private final Tally tally = new Tally();
    private final String description;

    private volatile PacketSink sink;
    private volatile UdpSocket socket;
    private volatile InterfaceStatus status;

    // ---- guarded by this ----
    private Thread reader;
    private Timers.Timer retry;
    private Optional<Failure> held = Optional.empty();
    private boolean closed;

    @Activate
    public UdpInterface(UdpConfig config, Map<String, Object> properties, @Reference Timers timers) {
        this.timers = timers;
        UdpSettings checked;
        InterfaceStatus beginning;
        try {
            checked = UdpSettings.from(config, properties);
            boolean enabled = checked.policy().enabled();
            beginning = InterfaceStatus.of(enabled ? InterfaceState.STARTING : InterfaceState.DISABLED);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            checked = UdpSettings.refused(properties);
            beginning = InterfaceStatus.down(failure(refused));
        }
        settings = checked;
        status = beginning;
        description = "UDPInterface[" + settings.name() + "/" + UdpAddresses.text(settings) + "]";
        if (beginning.state() == InterfaceState.STARTING) {
            startReader();
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
        return description;
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

    /** What is sent to many arrives on this machine too. */
    @Override
    public Set<Endpoint> endpoints() {
        if (settings.listenPort() == 0 || !settings.policy().enabled()) {
            return Set.of();
        }
        String forward = settings.forwardHost();
        Set<Endpoint> all = new HashSet<>();
        all.add(Endpoint.port("udp", settings.listenHost(), settings.listenPort()));
        all.add(Endpoint.port("udp", forward.isEmpty() ? EVERYBODY : forward, settings.forwardPort()));
        if (forward.isEmpty() || TO_MANY.matcher(forward).matches()) {
            all.add(new Endpoint("udp", Endpoint.LOCAL, Integer.toString(settings.forwardPort())));
        }
        return all;
    }

    @Override
    public void hold(Optional<Failure> why) {
        InterfaceState before;
        synchronized (this) {
            before = status.state();
            if (closed || held.equals(why)) {
                return;
            }
            held = why;
            if (retry != null) {
                retry.cancel();
            }
        }
        if (before == InterfaceState.DISABLED) {
            return;
        }
        Thread last = endReader();
        if (last != null && last != Thread.currentThread()) {
            awaitEnd(last);
        }
        synchronized (this) {
            if (closed || !held.equals(why)) {
                return;
            }
            status = why.map(InterfaceStatus::down).orElse(InterfaceStatus.of(InterfaceState.STARTING));
        }
        tellCore();
        if (why.isEmpty()) {
            startReader();
        }
    }

    private Thread endReader() {
        UdpSocket open = socket;
        if (open != null) {
            open.close();
        }
        synchronized (this) {
            return reader;
        }
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            guarded(core::changed);
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
        UdpSocket open = socket;
        int bytes = packet.remaining();
        try {
            if (open != null && bytes <= settings.longest() && open.send(packet)) {
                tally.sent(bytes);
                return;
            }
        } catch (IOException e) {
            LOG.debug("Interface {} could not send: {}", name(), e.toString());
        }
        tally.droppedOutgoing();
    }

    @Deactivate
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            status = InterfaceStatus.of(InterfaceState.CLOSED);
            last = reader;
            if (retry != null) {
                retry.cancel();
            }
        }
        sink = null;
        endReader();
        if (last != null && last != Thread.currentThread()) {
            awaitEnd(last);
        }
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(MOST_TO_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void startReader() {
        if (!closed && held.isEmpty()) {
            reader = new Thread(this::openAndRead, "kairos-udp-" + settings.name() + "-read");
            reader.setDaemon(true);
            reader.start();
        }
    }

    // ---- the reading thread ----

    private void openAndRead() {
        try (UdpSocket open = new UdpSocket(UdpAddresses.of(settings))) {
            socket = open;
            if (isUp()) {
                open.read(settings.longest(), new Delivery());
            }
        } catch (IOException e) {
            isDown(UdpAddresses.failure(settings, e));
        } finally {
            socket = null;
        }
    }

    private boolean isUp() {
        if (!change(InterfaceStatus.of(InterfaceState.UP))) {
            return false;
        }
        LOG.info("Interface {} is up: listens on UDP port {}", name(), settings.listenPort());
        return true;
    }

    private void isDown(Failure why) {
        boolean news = status.state() != InterfaceState.DOWN;
        if (change(InterfaceStatus.down(why))) {
            if (news) {
                LOG.warn("Interface {} is down: {}. {}", name(), why.message(), why.remedy());
            }
            synchronized (this) {
                retry = closed || held.isPresent() ? null : timers.after(RETRY, this::startReader);
            }
        }
    }

    private boolean change(InterfaceStatus now) {
        synchronized (this) {
            if (closed || held.isPresent()) {
                return false;
            }
            status = now;
        }
        tellCore();
        return true;
    }

    /** Hands packets to the core, whichever is attached at that moment. */
    private final class Delivery implements UdpSocket.Receiver {

        private PacketSink burstSink;

        @Override
        public void packet(ByteBuffer packet) {
            PacketSink core = sink;
            if (core == null) {
                tally.droppedIncoming();
                return;
            }
            tally.received(packet.remaining());
            burstSink = core;
            try {
                core.received(packet);
            } catch (RuntimeException fault) {
                report(fault);
            }
        }

        @Override
        public void malformed() {
            tally.malformed();
        }

        @Override
        public void endOfBurst() {
            PacketSink used = burstSink;
            burstSink = null;
            if (used != null && used == sink) {
                guarded(used::endOfBurst);
            }
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    /** A fault of the core costs one packet, not the interface. */
    private void report(RuntimeException fault) {
        LOG.error(
                "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                name(),
                fault);
    }

    private static Failure failure(RuntimeException refused) {
        return refused instanceof MeshException known
                ? known.failure()
                : new Failure(
                        Failure.Kind.CONFIGURATION,
                        "A setting cannot be read: " + refused.getMessage(),
                        "Correct it; the bundle's README lists all settings.");
    }
}
