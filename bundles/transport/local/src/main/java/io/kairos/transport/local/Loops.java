package io.kairos.transport.local;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Threads and sockets of the kind that an endpoint needs. */
final class Loops {

    /** Together with what else {@code close} does this stays below the second that it may take. */
    private static final long MOST_MILLIS_TO_END = 800;

    private Loops() {}

    /** Threads {@code kairos-local-<name>-<job>-<n>}, each started when it is first needed. */
    static EventLoopGroup named(String name, String job, int threads, Endpoint endpoint) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new FastThreadLocalThread(
                    task, "kairos-local-%s-%s-%d".formatted(name, job, number.getAndIncrement()));
            thread.setDaemon(true);
            return thread;
        };
        IoHandlerFactory io = endpoint.unix() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, factory, io);
    }

    static ServerChannel listening(Endpoint endpoint) {
        return endpoint.unix() ? new EpollServerDomainSocketChannel() : new NioServerSocketChannel();
    }

    static Channel connecting(Endpoint endpoint) {
        return endpoint.unix() ? new EpollDomainSocketChannel() : new NioSocketChannel();
    }

    /**
     * Ends the threads, group after group, and waits a while for them, except where one of them is the caller. What has not
     * ended by then does so later, in the same order.
     *
     * @param groups those that give work to others come first: who accepts is gone before who reads what was accepted, so
     *     that a connection of the last moment still finds its reader and is closed by it
     */
    static void end(EventLoopGroup... groups) {
        end(0, Stream.of(groups).noneMatch(Loops::isCaller), groups);
    }

    private static void end(int first, boolean waits, EventLoopGroup... groups) {
        EventLoopGroup group = groups[first];
        group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
        boolean ended = waits && ended(group, MOST_MILLIS_TO_END / groups.length);
        if (first + 1 == groups.length) {
            return;
        }
        if (ended) {
            end(first + 1, true, groups);
        } else {
            group.terminationFuture().addListener(done -> end(first + 1, false, groups));
        }
    }

    private static boolean isCaller(EventLoopGroup group) {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    /** Waits; false where the time was too short or the wait was interrupted. */
    private static boolean ended(EventLoopGroup group, long mostMillis) {
        try {
            return group.awaitTermination(mostMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
