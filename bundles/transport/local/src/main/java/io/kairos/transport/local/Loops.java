package io.kairos.transport.local;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

    /** Ends the threads and waits for them, except where one of them is the caller. */
    static void end(EventLoopGroup... groups) {
        boolean fromWithin = false;
        for (EventLoopGroup group : groups) {
            group.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
            for (EventExecutor loop : group) {
                fromWithin |= ((EventLoop) loop).inEventLoop();
            }
        }
        if (fromWithin) {
            return;
        }
        for (EventLoopGroup group : groups) {
            try {
                group.awaitTermination(MOST_MILLIS_TO_END / groups.length, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
