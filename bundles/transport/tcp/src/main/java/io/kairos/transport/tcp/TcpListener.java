package io.kairos.transport.tcp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.LinkBudget;
import io.kairos.api.transport.PacketSink;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket and the connections it has accepted.
 *
 * <p>Threads: the accepting thread owns the list of neighbours and is the only one that tells the core about them, so that
 * coming, going and a change of cores never overtake each other. Connections are read by other threads.
 */
final class TcpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    /** All send queues together take at most this part of the heap, however many neighbours stand still. */
    private static final int QUEUES_SHARE_OF_HEAP = 8;

    private final TcpServerSettings.Line line;
    private final Supplier<TcpServerSettings> settings;
    private final Consumer<InterfaceStatus> onStatus;
    private final Clock clock;
    private final Timers timers;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup readers;
    private final BufferPool pool = new BufferPool(Runtime.getRuntime().maxMemory() / QUEUES_SHARE_OF_HEAP);
    private final ReadBuffers readBuffers = new ReadBuffers();
    private final InterfaceTally departed = new InterfaceTally();

    private final AtomicLong peerNumber = new AtomicLong();

    private volatile PacketSink sink;

    // ---- owned by the accepting thread, but may be read by any ----
    private final Set<TcpPeer> peers = ConcurrentHashMap.newKeySet();

    /** Neighbours that a core was told about and not told to have gone. */
    private final Set<TcpPeer> told = ConcurrentHashMap.newKeySet();

    // ---- owned by the accepting thread ----
    private final FlapTable admitted = new FlapTable();

    // ---- guarded by this ----
    private Timers.Timer next;
    private Duration retry = FIRST_RETRY;
    private Channel listening;
    private boolean closed;

    TcpListener(
            TcpServerSettings.Line line,
            Supplier<TcpServerSettings> settings,
            Consumer<InterfaceStatus> onStatus,
            Clock clock,
            Timers timers) {
        this.line = line;
        this.settings = settings;
        this.onStatus = onStatus;
        this.clock = clock;
        this.timers = timers;
        this.acceptor = EventLoops.named(line.name(), "accept", 1);
        this.readers = EventLoops.named(line.name(), "io", line.threads());
    }

    /** Begins to listen; returns at once. */
    void start() {
        onAcceptor(this::listen);
    }

    void attach(PacketSink core) {
        silence();
        sink = core;
        onAcceptor(() -> peers.forEach(this::announce));
    }

    void detach() {
        sink = null;
        silence();
    }

    /** What departed and present neighbours have counted. */
    InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        synchronized (departed) {
            all.add(departed.read());
            peers.forEach(peer -> all.add(peer.counters()));
        }
        return all.read();
    }

    /** Ends everything because the settings have changed: the core, which stays, is told that the neighbours are gone. */
    void closeForRestart() {
        PacketSink core = sink;
        close();
        told.stream()
                .filter(peer -> core != null && peer.announcedTo() == core)
                .forEach(peer -> guarded(() -> core.vanished(peer)));
    }

    @Override
    public void close() {
        sink = null;
        silence();
        Channel last;
        synchronized (this) {
            closed = true;
            last = listening;
            if (next != null) {
                next.cancel();
            }
        }
        if (last != null) {
            last.close();
        }
        peers.forEach(TcpPeer::close);
        EventLoops.end(acceptor, readers);
    }

    // ---- listening: accepting thread ----

    private void listen() {
        try {
            InetSocketAddress address = address();
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(acceptor, readers)
                    .channelFactory(this::listeningChannel)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .option(ChannelOption.SO_BACKLOG, 512)
                    .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers)
                    .childOption(ChannelOption.AUTO_READ, false) // not before the core knows the neighbour
                    .childHandler(new ChannelInitializer<DirectChannel>() {
                        @Override
                        protected void initChannel(DirectChannel channel) {
                            SocketOptions.apply(channel);
                            channel.pipeline().addLast(newPeer(channel).connection());
                        }
                    });
            bootstrap.bind(address).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    listens(done.channel());
                } else {
                    failed(done.cause());
                }
            });
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private InetSocketAddress address() throws IOException {
        if (!line.device().isEmpty()) {
            return new InetSocketAddress(Devices.address(line.device()), line.port());
        }
        return line.host().equals(TcpServerSettings.EVERYWHERE)
                ? new InetSocketAddress(line.port())
                : new InetSocketAddress(InetAddress.getByName(line.host()), line.port());
    }

    private AcceptingChannel listeningChannel() {
        return line.host().equals("0.0.0.0") && line.device().isEmpty()
                ? AcceptingChannel.ofIpv4(this::admit)
                : new AcceptingChannel(this::admit);
    }

    private void listens(Channel channel) {
        boolean tooLate;
        synchronized (this) {
            listening = channel;
            retry = FIRST_RETRY;
            tooLate = closed;
        }
        if (tooLate) {
            channel.close();
            return;
        }
        onStatus.accept(InterfaceStatus.of(InterfaceState.UP));
    }

    private void failed(Throwable cause) {
        synchronized (this) {
            if (closed) {
                return;
            }
            next = timers.after(retry, () -> onAcceptor(this::listen));
            retry = retry.multipliedBy(2).compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
        }
        onStatus.accept(InterfaceStatus.down(Devices.listenFailure(line, cause)));
    }

    private boolean admit(InetAddress address) {
        boolean welcome = admitted.admit(address, clock.nanos(), settings.get().limits());
        if (!welcome) {
            LOG.debug(
                    "Interface {} closed a connection at once: a limit is reached or its address is blocked",
                    line.name());
        }
        return welcome;
    }

    // ---- neighbours ----

    /** On the thread that will read the connection. */
    private TcpPeer newPeer(DirectChannel channel) {
        return new TcpPeer(this, channel, peerNumber.incrementAndGet());
    }

    TcpConnection connectionOn(DirectChannel channel, TcpPeer peer) {
        return new TcpConnection(
                channel,
                peer,
                Framing.HDLC.decoder(line.longest()),
                new SendQueue(pool, Framing.HDLC),
                clock,
                timers,
                new InterfaceTally());
    }

    /** A connection is there; nothing is read from it before the core knows it. */
    void arrived(TcpPeer peer) {
        onAcceptor(() -> {
            peers.add(peer);
            announce(peer);
            peer.connection().channel().config().setAutoRead(true);
        });
    }

    void departed(TcpPeer peer, long lifetimeNanos) {
        onAcceptor(() -> {
            admitted.left(
                    peer.address().getAddress(),
                    Duration.ofNanos(lifetimeNanos),
                    clock.nanos(),
                    settings.get().limits());
            synchronized (departed) {
                peers.remove(peer);
                departed.add(peer.counters());
            }
            PacketSink core = sink;
            if (core != null && peer.announcedTo() == core) {
                told.remove(peer);
                guarded(() -> core.vanished(peer));
            }
        });
    }

    private void announce(TcpPeer peer) {
        PacketSink core = sink;
        if (core == null || peer.announcedTo() == core) {
            return;
        }
        peer.announcedTo(core);
        told.add(peer);
        guarded(() -> peer.attach(core.appeared(peer)));
        if (sink != core) {
            peer.detach(); // the core has gone meanwhile
        }
    }

    private void silence() {
        peers.forEach(TcpPeer::detach);
    }

    private void onAcceptor(Runnable task) {
        try {
            acceptor.execute(task);
        } catch (RejectedExecutionException closing) {
            LOG.debug("Interface {} is closing", line.name());
        }
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error(
                    "The core failed on a neighbour of interface {}; this is a fault of Kairos, please report it",
                    name(),
                    fault);
        }
    }

    // ---- for children ----

    String name() {
        return line.name();
    }

    LinkBudget budget() {
        return line.budget();
    }

    InterfacePolicy policy() {
        return settings.get().policy();
    }

    int queueBytes() {
        return settings.get().queueBytes();
    }
}
