package io.kairos.transport.auto;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Medium;
import io.kairos.lib.medium.Neighbours;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of an auto interface: it opens sockets on system interfaces as these come and go, tells the group that
 * this node is there, keeps the neighbours and reads their packets. Everything but sending happens here, so nothing needs
 * a lock.
 */
final class AutoLoop implements Medium, DatagramReader.Ears {

    private static final Logger LOG = LoggerFactory.getLogger(AutoLoop.class);

    private static final Duration MOST_TO_CLOSE = Duration.ofMillis(800);

    private final Supplier<AutoSettings> settings; // what does not belong to the line may change
    private final Clock clock;
    private final Consumer<InterfaceStatus> onStatus;
    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Neighbours<AutoPeer> neighbours;
    private final Thread thread;

    private volatile boolean closing;
    private volatile boolean departAtEnd;

    // ---- owned by the thread of this loop ----
    private final Segments segments;
    private final Peering<AutoPeer> peering = new Peering<>();
    private final DatagramReader reader;
    private boolean online;
    private long announceAtNanos;
    private long jobAtNanos;
    private long peerNumber;

    /**
     * @param first the settings of now
     * @param settings the same later, always of one and the same line
     * @param onDevices is told when other system interfaces are used
     * @throws IOException where the system gives no selector
     */
    AutoLoop(
            AutoSettings first,
            Supplier<AutoSettings> settings,
            Clock clock,
            Consumer<InterfaceStatus> onStatus,
            Runnable onDevices)
            throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.onStatus = onStatus;
        Group group = new Group(first.groupId());
        this.selector = Selector.open();
        this.neighbours = new Neighbours<>(first.name(), this::later, LOG);
        this.segments = new Segments(settings, group, selector, onDevices, this::departAll);
        this.reader = new DatagramReader(first.longest(), settings, group, clock, neighbours, this);
        this.thread = new Thread(this::run, "kairos-auto-" + first.name() + "-read");
    }

    /** What an operator is told where the system cannot wait for packets. */
    static MeshException noSelector(IOException why) {
        return new MeshException(
                Failure.Kind.HARDWARE, "The system's selector failed: " + why.getMessage(), "Restart the node.");
    }

    // ---- any thread ----

    @Override
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void attach(PacketSink core) {
        neighbours.attach(core);
    }

    @Override
    public void detach() {
        neighbours.detach();
    }

    /** Neighbours stay and the core is told about them anew. */
    @Override
    public void settingsChanged() {
        neighbours.changed();
    }

    /** All neighbours depart before the thread ends, since the core stays attached to what comes next. */
    @Override
    public void closeForRestart() {
        departAtEnd = true;
        end();
    }

    @Override
    public void close() {
        detach();
        end();
    }

    private void end() {
        closing = true;
        selector.wakeup();
        if (thread != Thread.currentThread()) {
            try {
                thread.join(MOST_TO_CLOSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public InterfaceCounters counters() {
        return neighbours.counters();
    }

    private void later(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    // ---- the thread of this loop ----

    private void run() {
        long now = clock.nanos();
        announceAtNanos = now;
        jobAtNanos = now;
        try (selector) {
            while (!closing) {
                runTasks();
                runDueJobs(clock.nanos());
                selector.select(reader::readAll, millisUntilNextJob(clock.nanos()));
            }
        } catch (IOException e) {
            LOG.error("Interface {} cannot wait for packets any more: {}", name(), e.toString());
            onStatus.accept(InterfaceStatus.down(noSelector(e).failure()));
        } finally {
            segments.close();
            if (departAtEnd) {
                neighbours.present().forEach(this::depart);
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
            segments.announce();
        }
        if (!online && !segments.isEmpty() && now - onlineAtNanos() >= 0) {
            online = true;
            onStatus.accept(InterfaceStatus.of(InterfaceState.UP));
        }
    }

    private long millisUntilNextJob(long now) {
        long next = Math.min(jobAtNanos - now, announceAtNanos - now);
        if (!online && !segments.isEmpty()) {
            next = Math.min(next, onlineAtNanos() - now);
        }
        return Math.max(1, Duration.ofNanos(next).toMillis() + 1);
    }

    private long onlineAtNanos() {
        return segments.sinceNanos() + Peering.SETTLE.toNanos();
    }

    private void adoptDevices(long now) {
        segments.adopt(now).ifPresent(why -> {
            online = false;
            onStatus.accept(InterfaceStatus.down(why));
        });
        segments.watchCarriers(now);
    }

    // ---- neighbours ----

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

    private void departAll(List<AutoPeer> gone) {
        peering.forget(gone);
        gone.forEach(this::depart);
    }

    private void depart(AutoPeer peer) {
        peer.close();
        neighbours.remove(peer);
    }

    @Override
    public boolean areOpen() {
        return online;
    }

    @Override
    public void neighbour(AutoPeer peer, long now) {
        peering.heard(peer, now);
    }

    @Override
    public void member(Segment segment, Inet6Address source, long now) throws IOException {
        if (segments.isOwnEcho(source, now)) {
            return;
        }
        AutoPeer known = segment.peers().get(source);
        if (known != null) {
            peering.heard(known, now);
            return;
        }
        AutoPeer fresh = new AutoPeer(settings, segment, source, ++peerNumber);
        if (peering.heard(fresh, now)) {
            segment.peers().put(source, fresh);
            neighbours.add(fresh);
        }
    }

    private String name() {
        return settings.get().name();
    }
}
