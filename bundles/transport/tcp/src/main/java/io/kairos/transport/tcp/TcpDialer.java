package io.kairos.transport.tcp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Medium;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps one connection to one peer for as long as it is not closed: looks up the name, connects, waits, connects again.
 *
 * <p>Threads: attempts are made one after the other, each by the event loop, a timer or the look-up thread; the two methods
 * for packets may be called by any thread.
 */
final class TcpDialer implements TcpConnection.Owner, Medium {

    private final TcpClientSettings.Line line;
    private final Supplier<PacketSink> core;
    private final IntSupplier queueBytes;
    private final Predicate<List<InetAddress>> clearance;
    private final Consumer<InterfaceStatus> onStatus;
    private final InterfaceTally tally;
    private final Clock clock;
    private final Timers timers;
    private final EventLoopGroup loop;
    private final BufferPool pool;
    private final ReconnectPace pace;
    private final ReadBuffers readBuffers = new ReadBuffers();

    private volatile TcpConnection connection;

    // ---- guarded by this ----
    private Timers.Timer next;
    private ChannelFuture connecting;
    private boolean closed;

    /** Counts attempts, so that each tries another address of the peer. Owned by whoever makes the attempt. */
    private int attempts;

    TcpDialer(
            TcpClientSettings.Line line,
            Supplier<PacketSink> core,
            IntSupplier queueBytes,
            Predicate<List<InetAddress>> clearance,
            Consumer<InterfaceStatus> onStatus,
            InterfaceTally tally,
            Clock clock,
            Timers timers) {
        this.line = line;
        this.core = core;
        this.queueBytes = queueBytes;
        this.clearance = clearance;
        this.onStatus = onStatus;
        this.tally = tally;
        this.clock = clock;
        this.timers = timers;
        this.loop = EventLoops.named(line.name(), "io", 1);
        this.pool = new BufferPool(Long.MAX_VALUE); // one connection: its queue is bound enough
        this.pace = new ReconnectPace(line.reconnectDelay(), new SplittableRandom());
    }

    /** Makes the first attempt; returns at once. */
    @Override
    public void start() {
        attempt();
    }

    /** The connection, or {@code null} while there is none. */
    TcpConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
            if (connecting != null) {
                connecting.channel().close(); // a loop that ends forgets a channel that it has yet to take in
            }
        }
        TcpConnection last = connection;
        if (last != null) {
            last.close();
        }
        EventLoops.end(loop);
    }

    // ---- attempts ----

    private void attempt() {
        if (isClosed()) {
            return;
        }
        if (Endpoints.isLiteral(line.host())) {
            lookUpAndConnect();
            return;
        }
        // A name server may take half a minute. Nothing can end such a look-up, so it gets a thread that nobody waits
        // for.
        Thread lookup = new Thread(this::lookUpAndConnect, "kairos-tcp-" + line.name() + "-lookup");
        lookup.setDaemon(true);
        lookup.start();
    }

    private void lookUpAndConnect() {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(line.host());
            if (!clearance.test(List.of(addresses))) {
                attemptAfter(line.reconnectDelay());
                return;
            }
            InetAddress address = addresses[Math.floorMod(attempts++, addresses.length)];
            connect(new InetSocketAddress(address, line.port()));
        } catch (UnknownHostException e) {
            failed(e);
        }
    }

    private void connect(InetSocketAddress peer) {
        if (isClosed()) {
            return;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(DirectChannel::new)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        line.connectTimeout().toMillis())
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers)
                .handler(new ChannelInitializer<DirectChannel>() {
                    @Override
                    protected void initChannel(DirectChannel channel) {
                        SocketOptions.apply(channel);
                        channel.pipeline().addLast(connectionOn(channel));
                    }
                });
        try {
            ChannelFuture made;
            synchronized (this) { // a loop that has ended complains of whoever comes too late
                if (closed) {
                    return;
                }
                made = bootstrap.connect(peer);
                connecting = made;
            }
            made.addListener(done -> {
                if (!done.isSuccess()) {
                    failed(done.cause());
                }
            });
        } catch (RejectedExecutionException | IllegalStateException closing) {
            failed(closing);
        }
    }

    private TcpConnection connectionOn(DirectChannel channel) {
        return new TcpConnection(
                channel,
                this,
                line.framing().decoder(line.longest()),
                new SendQueue(pool, line.framing()),
                clock,
                timers,
                tally);
    }

    private void failed(Throwable cause) {
        report(InterfaceStatus.down(Endpoints.connectFailure(line.endpoint(), cause)));
        attemptAfter(pace.afterFailure());
    }

    private void attemptAfter(Duration pause) {
        synchronized (this) {
            if (!closed) {
                next = timers.after(pause, this::attempt);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void report(InterfaceStatus status) {
        if (!isClosed()) {
            onStatus.accept(status);
        }
    }

    // ---- what the connection tells ----

    @Override
    public void connected(TcpConnection made) {
        connection = made;
        if (isClosed()) {
            made.close();
            return;
        }
        report(InterfaceStatus.of(InterfaceState.UP));
    }

    @Override
    public void disconnected(TcpConnection ended) {
        if (connection != ended) {
            return; // it never was up: the attempt has failed and says so itself
        }
        connection = null;
        Duration pause = pace.afterConnection(Duration.ofNanos(ended.lifetimeNanos()));
        String remedy = pace.isTurnedAway()
                ? "The peer closes connections soon after they are made and may have blocked this node for a while; "
                        + "check that it speaks this protocol on this port. Kairos tries again in %d s."
                : "Kairos tries again by itself in %d s.";
        report(InterfaceStatus.down(Endpoints.failure(
                "The connection to " + line.endpoint() + " ended", remedy.formatted(pause.toSeconds()))));
        attemptAfter(pause);
    }

    @Override
    public PacketSink core() {
        return core.get();
    }

    @Override
    public String name() {
        return line.name();
    }

    @Override
    public int queueBytes() {
        return queueBytes.getAsInt();
    }
}
