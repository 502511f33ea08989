package io.kairos.transport.local;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Timers;
import io.kairos.transport.local.rpc.RpcDoor;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control socket: one short connection for each question of a program. Threads: any. */
final class ControlListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);

    private final String name;
    private final Endpoint endpoint;
    private final RpcDoor door;
    private final EventLoopGroup loop;
    private final Binding binding;

    private volatile Optional<Failure> failure = Optional.empty();

    ControlListener(String name, Endpoint endpoint, RpcDoor door, Timers timers) {
        this.name = name;
        this.endpoint = endpoint;
        this.door = door;
        this.loop = Loops.named(name, "control", 1, endpoint);
        this.binding = new Binding(endpoint.control(), loop, this::bootstrap, this::tried, timers);
    }

    void start() {
        binding.start();
    }

    /** Why programs cannot ask; empty while they can. */
    Optional<Failure> failure() {
        return failure.or(door::failure);
    }

    @Override
    public void close() {
        binding.close();
        Loops.end(loop);
    }

    private ServerBootstrap bootstrap() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop, loop)
                .channelFactory(() -> Loops.listening(endpoint))
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        door.enter(channel);
                    }
                });
        if (!endpoint.unix()) {
            bootstrap.option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true);
        }
        return bootstrap;
    }

    private void tried(Optional<Throwable> problem) {
        Optional<Failure> before = failure;
        failure = problem.map(cause -> Binding.failure(endpoint, endpoint.controlText(), cause));
        if (failure.isPresent() && before.isEmpty()) {
            LOG.warn(
                    "Interface {} cannot answer questions of programs: {}. {}",
                    name,
                    failure.get().message(),
                    failure.get().remedy());
        }
    }
}
