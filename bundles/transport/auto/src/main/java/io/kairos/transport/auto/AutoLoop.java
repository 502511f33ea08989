package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of an auto interface: it opens sockets on system interfaces as these come and go, tells the group that
 * this node is there, keeps the neighbours and reads their packets. Everything but sending happens here, so nothing needs
 * a lock.
 */
final class AutoLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AutoLoop.class);

    /** Datagrams taken from one socket before the others get their turn. */
    private static final int MOST_IN_A_BURST = 64;

    private final Clock clock;
    private final Consumer<InterfaceStatus> onStatus;
    private final Runnable onDevices;
    private final Group group;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Set<AutoPeer> living = ConcurrentHashMap.newKeySet();
    private final InterfaceTally departed = new InterfaceTally();

    private volatile AutoSettings settings; // always of one and the same line
    private volatile PacketSink sink;
    private volatile boolean closing;
    private volatile boolean departAtEnd;

    // ---- owned by the thread of this loop ----
    private final Map<String, Segment> segments = new HashMap<>();
    private final Peering<AutoPeer> peering = new Peering<>();
    private final RecentPackets recent = new RecentPackets();
    private final List<AutoPeer> inBurst = new ArrayList<>();
    private final ByteBuffer datagram;
    private boolean online;
    private long onlineAtNanos;
    private long announceAtNanos;
    private long jobAtNanos;
    private long peerNumber;

    AutoLoop(AutoSettings settings, Clock clock, Consumer<InterfaceStatus> onStatus, Runnable onDevices)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.onStatus = onStatus;
        this.onDevices = onDevices;
        this.group = new Group(settings.groupId());
        this.selector = Selector.open();
        this.datagram = ByteBuffer.allocate(Math.max(settings.longest(), Group.TOKEN_BYTES) + 1);
    }

    // ---- any thread ----

    void attach(PacketSink core) {
        living.forEach(AutoPeer::detach);
        sink = core;
        later(() -> living.forEach(this::announceToCore));
    }

    void detach() {
        sink = null;
        living.forEach(AutoPeer::detach);
    }

    /** Takes other settings of the same {@link AutoSettings.Line}; neighbours stay and the core is told about them anew. */
    void use(AutoSettings changed) {
        settings = changed;
        living.forEach(peer -> {
            PacketSink core = peer.sink();
            if (core != null) {
                core.changed();
            }
        });
    }

    /** Lets the thread end; before that all neighbours depart, since the core stays attached to what comes next. */
    void closeForRestart() {
        closing = true;
        departAtEnd = true;
        selector.wakeup();
    }

    /** Lets the thread end. */
    void close() {
        closing = true;
        detach();
        selector.wakeup();
    }

    InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        synchronized (departed) {
            all.add(departed.read());
            living.forEach(peer -> all.add(peer.counters()));
        }
        return all.read();
    }

    private void later(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    // ---- the thread of this loop ----

    @Override
    public void run() {
        long now = clock.nanos();
        announceAtNanos = now;
        jobAtNanos = now;
        onlineAtNanos = now + Peering.SETTLE.toNanos();
        try (selector) {
            while (!closing) {
                runTasks();
                runDueJobs(clock.nanos());
                selector.select(this::readAll, millisUntilNextJob(clock.nanos()));
            }
        } catch (IOException e) {
            LOG.error("Interface {} cannot wait for packets any more: {}", settings.name(), e.toString());
            onStatus.accept(InterfaceStatus.down(new Failure(
                    Failure.Kind.HARDWARE, "The system's selector failed: " + e.getMessage(), "Restart the node.")));
        } finally {
            segments.values().forEach(Segment::close);
            if (departAtEnd) {
                List.copyOf(living).forEach(this::depart);
            }
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runDueJobs(long now) {
        if (now - jobAtNanos >= 0) {
            jobAtNanos = now + Peering.JOB.toNanos();
            adoptDevices(now);
            lookThroughPeers(now);
        }
        if (now - announceAtNanos >= 0) {
            announceAtNanos = now + Peering.ANNOUNCE.toNanos();
            segments.values().forEach(AutoLoop::announce);
        }
        if (!online && !segments.isEmpty() && now - onlineAtNanos >= 0) {
            online = true;
            onStatus.accept(InterfaceStatus.of(InterfaceState.UP));
        }
    }

    private long millisUntilNextJob(long now) {
        long next = Math.min(jobAtNanos - now, announceAtNanos - now);
        if (!online && !segments.isEmpty()) {
            next = Math.min(next, onlineAtNanos - now);
        }
        return Math.max(1, Duration.ofNanos(next).toMillis() + 1);
    }

    // ---- system interfaces ----

    private void adoptDevices(long now) {
        Failure problem = null;
        try {
            Map<String, Devices.Device> present = Devices.scan(settings);
            dropSegmentsThatChanged(present);
            for (Devices.Device device : present.values()) {
                if (!segments.containsKey(device.name())) {
                    problem = open(device, now, problem);
                }
            }
        } catch (IOException e) {
            problem = new Failure(
                    Failure.Kind.HARDWARE,
                    "The system interfaces cannot be listed: " + e.getMessage(),
                    "Restart the node.");
        }
        if (segments.isEmpty()) {
            online = false;
            onStatus.accept(InterfaceStatus.down(problem != null ? problem : noDevice()));
        }
        watchCarriers(now);
    }

    private Failure open(Devices.Device device, long now, Failure earlier) {
        try {
            if (segments.isEmpty()) {
                onlineAtNanos = now + Peering.SETTLE.toNanos();
            }
            segments.put(device.name(), new Segment(device, settings, group, selector, now));
            onDevices.run();
            LOG.info("Interface {} searches neighbours on {}", settings.name(), device.name());
            return earlier;
        } catch (IOException | RuntimeException e) {
            LOG.debug("Interface {} cannot use {}: {}", settings.name(), device.name(), e.toString());
            return openFailure(device, e);
        }
    }

    private void dropSegmentsThatChanged(Map<String, Devices.Device> present) {
        for (Iterator<Segment> all = segments.values().iterator(); all.hasNext(); ) {
            Segment segment = all.next();
            if (!segment.isStill(present.get(segment.name()))) {
                LOG.info("Interface {} leaves {}: it is gone or has another address", settings.name(), segment.name());
                all.remove();
                segment.close();
                List<AutoPeer> gone = new ArrayList<>(segment.peers().values());
                peering.forget(gone);
                gone.forEach(this::depart);
            }
        }
    }

    private void watchCarriers(long now) {
        for (Segment segment : segments.values()) {
            if (segment.carrierChanged(now)) {
                LOG.info(
                        "Interface {} {} on {}",
                        settings.name(),
                        segment.isCarrierLost() ? "does not hear itself any more" : "hears itself again",
                        segment.name());
            }
        }
    }

    private Failure openFailure(Devices.Device device, Exception e) {
        if (e instanceof BindException && String.valueOf(e.getMessage()).contains("in use")) {
            return new Failure(
                    Failure.Kind.NETWORK,
                    "UDP port %d or %d is taken on %s"
                            .formatted(settings.discoveryPort() + 1, settings.dataPort(), device.name()),
                    "Stop the other program ('ss -lunp' names it), or choose another discovery.port and data.port at all "
                            + "neighbours. Kairos tries again by itself.");
        }
        return new Failure(
                Failure.Kind.NETWORK,
                "The search on %s cannot begin: %s".formatted(device.name(), e.getMessage()),
                "Check that IPv6 is switched on there. Kairos tries again by itself.");
    }

    private Failure noDevice() {
        return new Failure(
                Failure.Kind.HARDWARE,
                settings.devices().isEmpty()
                        ? "No system interface has an IPv6 link-local address"
                        : "None of the devices " + String.join(", ", settings.devices())
                                + " has an IPv6 link-local address",
                "Connect a network and switch IPv6 on ('ip -6 addr' lists addresses), or correct devices. Kairos looks again "
                        + "by itself.");
    }

    // ---- neighbours ----

    private static void announce(Segment segment) {
        try {
            segment.announce();
        } catch (IOException e) {
            LOG.debug("The group cannot be told on {}: {}", segment.name(), e.toString());
        }
    }

    private void lookThroughPeers(long now) {
        Peering.Job<AutoPeer> job = peering.look(now);
        for (AutoPeer peer : job.lost()) {
            peer.segment().peers().remove(peer.address());
            depart(peer);
        }
        for (AutoPeer peer : job.toTell()) {
            try {
                peer.segment().announceTo(peer.address());
            } catch (IOException e) {
                LOG.debug("A neighbour cannot be told on {}: {}", peer.segment().name(), e.toString());
            }
        }
    }

    private void depart(AutoPeer peer) {
        peer.close();
        synchronized (departed) {
            living.remove(peer);
            departed.add(peer.counters());
        }
        PacketSink core = sink;
        if (core != null && peer.announcedTo() == core) {
            guarded(() -> core.vanished(peer));
        }
    }

    private void announceToCore(AutoPeer peer) {
        PacketSink core = sink;
        if (core == null || peer.announcedTo() == core) {
            return;
        }
        peer.announcedTo(core);
        guarded(() -> peer.attach(core.appeared(peer)));
        if (sink != core) {
            peer.detach(); // the core has gone meanwhile
        }
    }

    private void memberHeard(Segment segment, Inet6Address source, long now) throws IOException {
        for (Segment own : segments.values()) {
            if (own.isOwn(source)) {
                own.echoHeard(now);
                return;
            }
        }
        AutoPeer known = segment.peers().get(source);
        if (known != null) {
            peering.heard(known, now);
            return;
        }
        AutoPeer fresh = new AutoPeer(() -> settings, segment, source, ++peerNumber);
        if (peering.heard(fresh, now)) {
            segment.peers().put(source, fresh);
            living.add(fresh);
            announceToCore(fresh);
        }
    }

    // ---- reading ----

    private void readAll(SelectionKey key) {
        Segment.Role role = (Segment.Role) key.attachment();
        try {
            for (int i = 0; i < MOST_IN_A_BURST && key.isValid(); i++) {
                SocketAddress source = ((DatagramChannel) key.channel()).receive(datagram.clear());
                if (source == null) {
                    break;
                }
                datagram.flip();
                read(role, ((InetSocketAddress) source).getAddress() instanceof Inet6Address six ? six : null);
            }
        } catch (IOException e) {
            LOG.debug(
                    "Interface {} could not read on {}: {}",
                    settings.name(),
                    role.segment().name(),
                    e.toString());
        } finally {
            endBursts();
        }
    }

    private void read(Segment.Role role, Inet6Address source) throws IOException {
        if (source == null) {
            return;
        }
        if (role.job() == Segment.Job.DATA) {
            packet(role.segment(), source);
        } else if (online && group.isFromMember(datagram.array(), datagram.limit(), AddressText.ofLinkLocal(source))) {
            memberHeard(role.segment(), source, clock.nanos());
        }
    }

    private void packet(Segment segment, Inet6Address source) {
        AutoPeer peer = segment.peers().get(source);
        if (peer == null || peer.status().state() == InterfaceState.CLOSED) {
            return; // not a neighbour
        }
        if (!datagram.hasRemaining() || datagram.remaining() > settings.longest()) {
            peer.tally().malformed(1);
            return;
        }
        long now = clock.nanos();
        peering.heard(peer, now);
        if (recent.isRepeated(datagram, now)) {
            return;
        }
        PacketSink core = peer.sink();
        if (core == null) {
            peer.tally().droppedIncoming();
            return;
        }
        peer.tally().received(datagram.remaining());
        if (!inBurst.contains(peer)) {
            inBurst.add(peer);
        }
        guarded(() -> core.received(datagram));
    }

    private void endBursts() {
        for (AutoPeer peer : inBurst) {
            PacketSink core = peer.sink();
            if (core != null) {
                guarded(core::endOfBurst);
            }
        }
        inBurst.clear();
    }

    /** A fault of the core costs one packet, not the interface. */
    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error(
                    "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                    settings.name(),
                    fault);
        }
    }
}
