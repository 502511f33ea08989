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
import io.kairos.lib.medium.Medium;
import io.kairos.lib.medium.Neighbours;
import io.kairos.lib.medium.RetryPace;
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
final class TcpListener implements Medium {

    private static final Logger LOG = LoggerFactory.getLogger(TcpListener.class);

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
    private final Neighbours<TcpPeer> peers;
    private final AtomicLong peerNumber = new AtomicLong();

    // ---- owned by the accepting thread ----
    private final FlapTable admitted = new FlapTable();

    // ---- guarded by this ----
    private Timers.Timer next;
    private final RetryPace pace = new RetryPace(Duration.ofSeconds(2), Duration.ofSeconds(30));
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
        this.peers = new Neighbours<>(line.name(), acceptor, LOG);
    }

    /** Begins to listen; returns at once. */
    @Override
    public void start() {
        peers.later(this::listen);
    }

    @Override
    public void attach(PacketSink core) {
        peers.attach(core);
    }

    @Override
    public void detach() {
        peers.detach();
    }

    /** What departed and present neighbours have counted. */
    @Override
    public InterfaceCounters counters() {
        return peers.counters();
    }

    /** Ends everything because the settings have changed: the core, which stays, is told that the neighbours are gone. */
    @Override
    public void closeForRestart() {
        PacketSink core = peers.core();
        close();
        peers.vanish(core);
    }

    @Override
    public void close() {
        peers.detach();
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
        peers.present().forEach(TcpPeer::close);
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
            next = timers.after(pace.after(Duration.ZERO), this::start);
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
        peers.later(() -> {
            peers.add(peer);
            peer.connection().channel().config().setAutoRead(true);
        });
    }

    void departed(TcpPeer peer, long lifetimeNanos) {
        peers.later(() -> {
            admitted.left(
                    peer.address().getAddress(),
                    Duration.ofNanos(lifetimeNanos),
                    clock.nanos(),
                    settings.get().limits());
            peers.remove(peer);
        });
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
