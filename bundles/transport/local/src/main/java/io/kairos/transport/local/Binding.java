package io.kairos.transport.local;

import io.kairos.api.failure.Failure;
import io.kairos.api.time.Timers;
import io.kairos.lib.medium.RetryPace;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A listening socket that is tried again until it can be had: another program may hold the name and give it up any time.
 * Threads: any.
 */
final class Binding {

    private final SocketAddress address;
    private final EventLoopGroup acceptor;
    private final Supplier<ServerBootstrap> bootstrap;
    private final Consumer<Optional<Throwable>> onResult;
    private final Timers timers;

    // ---- guarded by this ----
    private final RetryPace pace = new RetryPace(Duration.ofSeconds(2), Duration.ofSeconds(10));
    private Timers.Timer next;
    private Channel listening;
    private boolean closed;

    /** @param onResult is told each time it was tried: what went wrong, or nothing where the socket listens */
    Binding(
            SocketAddress address,
            EventLoopGroup acceptor,
            Supplier<ServerBootstrap> bootstrap,
            Consumer<Optional<Throwable>> onResult,
            Timers timers) {
        this.address = address;
        this.acceptor = acceptor;
        this.bootstrap = bootstrap;
        this.onResult = onResult;
        this.timers = timers;
    }

    /** Begins to listen; returns at once. */
    void start() {
        try {
            acceptor.execute(this::listen);
        } catch (RejectedExecutionException closing) {
            close();
        }
    }

    void close() {
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
    }

    private void listen() {
        try {
            bootstrap.get().bind(address).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    listens(done.channel());
                } else {
                    failed(done.cause());
                }
            });
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        }
    }

    private void listens(Channel channel) {
        boolean tooLate;
        synchronized (this) {
            listening = channel;
            tooLate = closed;
        }
        if (tooLate) {
            channel.close();
        } else {
            onResult.accept(Optional.empty());
        }
    }

    private void failed(Throwable cause) {
        synchronized (this) {
            if (closed) {
                return;
            }
            next = timers.after(pace.after(Duration.ZERO), this::start);
        }
        onResult.accept(Optional.of(cause));
    }

    /** What an operator is told about a socket that cannot be had. */
    static Failure failure(Endpoint endpoint, String address, Throwable cause) {
        if (endpoint.cannotBeHad()) {
            return Endpoint.noUnixSockets().failure();
        }
        String text = String.valueOf(cause.getMessage());
        if (cause instanceof java.net.BindException || text.contains("in use")) {
            return new Failure(
                    Failure.Kind.NETWORK,
                    "%s is taken: another program is the shared instance of this machine, probably rnsd"
                            .formatted(address),
                    "Stop it (often: systemctl stop rnsd), and the node takes over within ten seconds; or set another "
                            + (endpoint.unix()
                                    ? "instance.name here and as instance_name in the configuration of the programs."
                                    : "listen.port and control.port here and in the configuration of the programs."));
        }
        return new Failure(
                Failure.Kind.NETWORK,
                "%s cannot be listened on: %s".formatted(address, text),
                "Set socket = tcp here and shared_instance_type = tcp for the programs, or the other way round.");
    }
}
