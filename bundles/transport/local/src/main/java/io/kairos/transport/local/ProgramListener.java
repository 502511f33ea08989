package io.kairos.transport.local;

import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceCounters;
import io.kairos.api.transport.InterfacePolicy;
import io.kairos.api.transport.InterfaceState;
import io.kairos.api.transport.InterfaceStatus;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.medium.Medium;
import io.kairos.lib.medium.Neighbours;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packet socket and the programs that have connected to it.
 *
 * <p>Threads: the accepting thread owns the list of programs and is the only one that tells the core about them, so that
 * coming, going and a change of cores never overtake each other. Connections are read by other threads.
 */
final class ProgramListener implements Medium {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramListener.class);

    /** All send queues together take at most this part of the heap, however many programs stand still. */
    private static final int QUEUES_SHARE_OF_HEAP = 8;

    private static final int MOST_READERS = 2;

    private final LocalSettings.Line line;
    private final Supplier<LocalSettings> settings;
    private final Timers timers;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup readers;
    private final Binding binding;
    private final QueueMemory memory = new QueueMemory(Runtime.getRuntime().maxMemory() / QUEUES_SHARE_OF_HEAP);
    private final ReadBuffers readBuffers = new ReadBuffers();
    private final Neighbours<Program> programs;
    private final AtomicLong number = new AtomicLong();

    ProgramListener(
            LocalSettings.Line line,
            Supplier<LocalSettings> settings,
            Consumer<InterfaceStatus> onStatus,
            Timers timers) {
        this.line = line;
        this.settings = settings;
        this.timers = timers;
        this.acceptor = Loops.named(line.name(), "accept", 1, line.endpoint());
        this.programs = new Neighbours<>(line.name(), acceptor, LOG);
        this.readers = Loops.named(
                line.name(), "io", Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors()), line.endpoint());
        this.binding = new Binding(
                line.endpoint().packets(),
                acceptor,
                this::bootstrap,
                problem -> onStatus.accept(problem.map(cause -> InterfaceStatus.down(
                                Binding.failure(line.endpoint(), line.endpoint().text(), cause)))
                        .orElseGet(() -> InterfaceStatus.of(InterfaceState.UP))),
                timers);
    }

    /** Begins to listen; returns at once. */
    @Override
    public void start() {
        binding.start();
    }

    @Override
    public void attach(PacketSink core) {
        programs.attach(core);
    }

    @Override
    public void detach() {
        programs.detach();
    }

    /** What departed and present programs have counted. */
    @Override
    public InterfaceCounters counters() {
        return programs.counters();
    }

    /** How many are connected. */
    int size() {
        return programs.size();
    }

    /** Ends everything because the settings have changed: the core, which stays, is told that the programs are gone. */
    @Override
    public void closeForRestart() {
        PacketSink core = programs.core();
        close();
        programs.vanish(core);
    }

    @Override
    public void close() {
        programs.detach();
        binding.close();
        programs.present().forEach(Program::close);
        Loops.end(acceptor, readers);
    }

    private ServerBootstrap bootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, readers)
                .channelFactory(() -> Loops.listening(line.endpoint()))
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers)
                .childOption(ChannelOption.AUTO_READ, false) // not before the core knows the program
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (programs.size() >= settings.get().programs()) {
                            LOG.warn(
                                    "Interface {} closed the connection of a program: {} are connected already;"
                                            + " maximum.programs allows no more",
                                    line.name(),
                                    programs.size());
                            channel.close();
                            return;
                        }
                        Program program =
                                new Program(ProgramListener.this, channel, number.incrementAndGet(), memory, timers);
                        channel.pipeline().addLast(program.connection());
                    }
                });
        if (!line.endpoint().unix()) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        }
        return bootstrap;
    }

    // ---- programs ----

    /** A connection is there; nothing is read from it before the core knows it. */
    void arrived(Program program) {
        programs.later(() -> {
            programs.add(program);
            program.connection().channel().config().setAutoRead(true);
        });
    }

    void departed(Program program) {
        programs.later(() -> programs.remove(program));
    }

    // ---- for children ----

    String name() {
        return line.name();
    }

    Endpoint endpoint() {
        return line.endpoint();
    }

    InterfacePolicy policy() {
        return settings.get().policy();
    }

    int queueBytes() {
        return settings.get().queueBytes();
    }
}
