package io.kairos.transport.udp;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
 * Carries each packet as one datagram, to one address. One thread opens the socket and reads it; where that fails the
 * thread ends and a timer starts the next.
 */
@Component(
        service = MeshInterface.class,
        immediate = true, // it stays open while nobody uses it, that is, while the core is being replaced
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

    private final Timers timers;
    private final InterfaceTally tally = new InterfaceTally();

    /** Owned by whoever opens or closes: settings may change while the core holds or lets go. */
    private final Object switching = new Object();

    private volatile UdpSettings settings;
    private volatile String description;
    private volatile PacketSink sink;
    private volatile UdpSocket socket;
    private volatile InterfaceStatus status = InterfaceStatus.of(InterfaceState.STARTING);

    // ---- guarded by this ----
    private Thread reader; // the one that counts
    private Timers.Timer retry;
    private Optional<Failure> held = Optional.empty();
    private boolean closed;

    @Activate
    public UdpInterface(UdpConfig config, Map<String, Object> properties, @Reference Timers timers) {
        this.timers = timers;
        try {
            settings = UdpSettings.from(config, properties);
        } catch (RuntimeException refused) { // also what the container says when a value cannot be converted
            settings = UdpSettings.refused(properties);
            description = describe(settings);
            status = InterfaceStatus.down(failure(refused));
            return;
        }
        description = describe(settings);
        open();
    }

    /** Settings changed. The socket stays unless it depends on what changed. */
    @Modified
    void modified(UdpConfig config, Map<String, Object> properties) {
        UdpSettings changed;
        try {
            changed = UdpSettings.from(config, properties);
        } catch (RuntimeException refused) {
            LOG.warn(
                    "Interface {} goes on with its last settings: {}",
                    name(),
                    failure(refused).message());
            return;
        }
        synchronized (switching) {
            boolean isSameLine = changed.line().equals(settings.line());
            if (!isSameLine) {
                hangUp();
            }
            settings = changed;
            if (!isSameLine) {
                description = describe(changed);
                open();
            }
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
        UdpSettings current = settings;
        if (!current.canBeOpened()) {
            return Set.of();
        }
        String forward = current.forwardHost();
        Set<Endpoint> all = new HashSet<>();
        all.add(Endpoint.port("udp", current.listenHost(), current.listenPort()));
        all.add(Endpoint.port("udp", forward.isEmpty() ? EVERYBODY : forward, current.forwardPort()));
        if (forward.isEmpty() || TO_MANY.matcher(forward).matches()) {
            all.add(new Endpoint("udp", Endpoint.LOCAL, Integer.toString(current.forwardPort())));
        }
        return all;
    }

    @Override
    public void hold(Optional<Failure> why) {
        synchronized (switching) {
            synchronized (this) {
                if (closed || held.equals(why)) {
                    return;
                }
                held = why;
            }
            if (!settings.canBeOpened()) {
                return;
            }
            hangUp();
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
        synchronized (switching) {
            synchronized (this) {
                closed = true;
                status = InterfaceStatus.of(InterfaceState.CLOSED);
            }
            sink = null;
            hangUp();
        }
    }

    /** Begins with the settings of now, unless they or the core say no. */
    private synchronized void open() {
        if (closed) {
            return;
        }
        if (!settings.policy().enabled()) {
            status = InterfaceStatus.of(InterfaceState.DISABLED);
        } else if (held.isPresent()) {
            status = InterfaceStatus.down(held.get());
        } else {
            status = InterfaceStatus.of(InterfaceState.STARTING);
            startReader();
        }
    }

    /** Closes the socket and ends its thread; nothing that thread still says counts. */
    private void hangUp() {
        Thread last;
        UdpSocket open;
        synchronized (this) {
            last = reader;
            open = socket;
            reader = null;
            socket = null;
            if (retry != null) {
                retry.cancel();
                retry = null;
            }
        }
        if (open != null) {
            open.close();
        }
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

    private synchronized void tryAgain() {
        if (retry != null) { // not cancelled in the very moment in which it fired
            retry = null;
            startReader();
        }
    }

    // ---- the reading thread ----

    private void openAndRead() {
        UdpSettings current = settings;
        try (UdpSocket open = new UdpSocket(UdpAddresses.of(current))) {
            if (isUp(open)) {
                open.read(current.longest(), new Delivery());
            }
        } catch (IOException e) {
            isDown(UdpAddresses.failure(current, e));
        } finally {
            synchronized (this) {
                if (isCurrent()) {
                    socket = null;
                }
            }
        }
    }

    private boolean isUp(UdpSocket open) {
        synchronized (this) {
            if (!isCurrent()) {
                return false;
            }
            socket = open;
            status = InterfaceStatus.of(InterfaceState.UP);
        }
        LOG.info("Interface {} is up: listens on UDP port {}", name(), settings.listenPort());
        tellCore();
        return true;
    }

    private void isDown(Failure why) {
        boolean news;
        synchronized (this) {
            if (!isCurrent()) {
                return;
            }
            news = status.state() != InterfaceState.DOWN;
            status = InterfaceStatus.down(why);
            retry = timers.after(RETRY, this::tryAgain);
        }
        if (news) {
            LOG.warn("Interface {} is down: {}. {}", name(), why.message(), why.remedy());
        }
        tellCore();
    }

    /** Whether the calling thread is the one that reads for the settings of now; asked while holding this. */
    private boolean isCurrent() {
        return !closed && Thread.currentThread() == reader;
    }

    private void tellCore() {
        PacketSink core = sink;
        if (core != null) {
            guarded(core::changed);
        }
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
            tally.malformed(1);
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

    private static String describe(UdpSettings settings) {
        return "UDPInterface[" + settings.name() + "/" + UdpAddresses.text(settings) + "]";
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
