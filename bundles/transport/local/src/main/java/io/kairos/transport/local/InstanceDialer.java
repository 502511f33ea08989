package io.kairos.transport.local;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Medium;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Keeps one connection to the shared instance for as long as it is not closed, at the pace of every other program: an
 * attempt each eight seconds (docs/protocol/shared-instance.md, connection loss). No jitter: the instance is on this
 * machine.
 *
 * <p>Threads: attempts are made one after the other, by the event loop or a timer; the methods for packets may be called by
 * any thread.
 */
final class InstanceDialer implements ProgramConnection.Owner, Medium {

    static final Duration PAUSE = Duration.ofSeconds(8);

    private static final int CONNECT_MILLIS = 5_000;

    private final LocalClientSettings.Line line;
    private final Supplier<PacketSink> core;
    private final IntSupplier queueBytes;
    private final Consumer<InterfaceStatus> onStatus;
    private final Timers timers;
    private final EventLoopGroup loop;
    private final QueueMemory memory = new QueueMemory(Long.MAX_VALUE); // one connection: its queue is bound enough
    private final ReadBuffers readBuffers = new ReadBuffers();

    private volatile ProgramConnection connection;

    // ---- owned by the event loop ----
    private ProgramConnection making;

    // ---- guarded by this ----
    private final InterfaceTally ended = new InterfaceTally();
    private Timers.Timer next;
    private ChannelFuture connecting;
    private boolean closed;

    InstanceDialer(
            LocalClientSettings.Line line,
            Supplier<PacketSink> core,
            IntSupplier queueBytes,
            Consumer<InterfaceStatus> onStatus,
            Timers timers) {
        this.line = line;
        this.core = core;
        this.queueBytes = queueBytes;
        this.onStatus = onStatus;
        this.timers = timers;
        this.loop = Loops.named(line.name(), "io", 1, line.endpoint());
    }

    /** Makes the first attempt; returns at once. */
    @Override
    public void start() {
        attempt();
    }

    /** The connection, or {@code null} while there is none. */
    ProgramConnection connection() {
        return connection;
    }

    /** What all connections have counted. */
    @Override
    public synchronized InterfaceCounters counters() {
        InterfaceTally all = new InterfaceTally();
        all.add(ended.read());
        ProgramConnection present = connection;
        if (present != null) {
            all.add(present.tally().read());
        }
        return all.read();
    }

    @Override
    public void close() {
        ChannelFuture last;
        synchronized (this) {
            closed = true;
            if (next != null) {
                next.cancel();
            }
            last = connecting;
        }
        if (last != null) {
            last.channel().close();
        }
        Loops.end(loop);
    }

    // ---- attempts ----

    private void attempt() {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channelFactory(() -> Loops.connecting(line.endpoint()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        making = new ProgramConnection(channel, InstanceDialer.this, memory, timers);
                        channel.pipeline().addLast(making);
                    }
                });
        if (!line.endpoint().unix()) {
            bootstrap.option(ChannelOption.TCP_NODELAY, true);
        }
        try {
            ChannelFuture made;
            synchronized (this) { // a loop that has ended complains of whoever comes too late
                if (closed) {
                    return;
                }
                made = bootstrap.connect(line.endpoint().packets());
                connecting = made;
            }
            made.addListener(done -> {
                if (!done.isSuccess()) {
                    failed();
                }
            });
        } catch (RejectedExecutionException | IllegalStateException closing) {
            failed();
        }
    }

    private void failed() {
        report(new Failure(
                Failure.Kind.NETWORK,
                "No shared instance answers at " + line.endpoint().text(),
                "Start rnsd or another program that shares its instance, or correct "
                        + (line.endpoint().unix() ? "instance.name or socket" : "peer.port or socket")
                        + ". Kairos tries again by itself every %d s.".formatted(PAUSE.toSeconds())));
        attemptLater();
    }

    private synchronized void attemptLater() {
        if (!closed) {
            next = timers.after(PAUSE, this::attempt);
        }
    }

    private void report(Failure failure) {
        report(InterfaceStatus.down(failure));
    }

    private void report(InterfaceStatus status) {
        boolean late;
        synchronized (this) {
            late = closed;
        }
        if (!late) {
            onStatus.accept(status);
        }
    }

    // ---- what the connection tells, on its event loop ----

    @Override
    public void connected() {
        connection = making;
        report(InterfaceStatus.of(InterfaceState.UP));
    }

    @Override
    public void disconnected() {
        synchronized (this) {
            ProgramConnection last = connection;
            connection = null;
            if (last != null) {
                ended.add(last.tally().read());
            }
        }
        report(new Failure(
                Failure.Kind.NETWORK,
                "The shared instance at " + line.endpoint().text() + " has gone",
                "Kairos tries again by itself every %d s.".formatted(PAUSE.toSeconds())));
        attemptLater();
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
