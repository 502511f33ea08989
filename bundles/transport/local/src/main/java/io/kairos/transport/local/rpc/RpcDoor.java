package io.kairos.transport.local.rpc;

import io.kairos.api.admin.ProgramCalls;
import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Timers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets programs ask: gives each connection a {@link RpcSession}, a limit of time, and an end. Threads: any; sessions belong
 * to the event loop of their connection.
 */
public final class RpcDoor {

    private static final Logger LOG = LoggerFactory.getLogger(RpcDoor.class);

    /** A question takes milliseconds; who takes longer keeps others out. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_AT_ONCE = 64;

    private final RpcKey key;
    private final Supplier<Optional<ProgramCalls>> calls;
    private final SecureRandom random;
    private final Timers timers;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    private volatile Optional<Failure> failure = Optional.empty();

    /** @param calls who answers; asked anew each time, because the node's core may be replaced */
    public RpcDoor(RpcKey key, Supplier<Optional<ProgramCalls>> calls, SecureRandom random, Timers timers) {
        this.key = key;
        this.calls = calls;
        this.random = random;
        this.timers = timers;
    }

    /** Makes the key file where it is missing, so that programs find it. May touch the disk. */
    public void prepare() {
        try {
            key.get();
            failure = Optional.empty();
        } catch (MeshException e) {
            noKey(e);
        }
    }

    /** Why nobody is let in; empty where programs with the key are. */
    public Optional<Failure> failure() {
        return failure;
    }

    /** How many were refused because they do not have the key. */
    public long refused() {
        return refused.get();
    }

    /** Takes a connection that has just been accepted. On its event loop. */
    public void enter(Channel channel) {
        if (open.get() >= MOST_AT_ONCE) {
            LOG.debug("A connection to the control socket was closed at once: {} are open", MOST_AT_ONCE);
            channel.close();
            return;
        }
        byte[] secret;
        try {
            secret = key.get();
            failure = Optional.empty();
        } catch (MeshException e) {
            noKey(e);
            channel.close();
            return;
        }
        open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        channel.pipeline().addLast(new Handler(new RpcSession(secret, random, this::answer)));
    }

    private void noKey(MeshException e) {
        if (failure.isEmpty()) {
            LOG.warn("Programs cannot ask this node: {} {}", e.getMessage(), e.remedy());
        }
        failure = Optional.of(e.failure());
    }

    private Optional<byte[]> answer(byte[] call) {
        Optional<ProgramCalls> present = calls.get();
        return present.isEmpty() ? Optional.empty() : CallCodec.answer(call, present.get());
    }

    /** One connection. */
    private final class Handler extends ChannelInboundHandlerAdapter {

        private final RpcSession session;
        private Timers.Timer deadline;

        Handler(RpcSession session) {
            this.session = session;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            deadline = timers.after(PATIENCE, context::close);
            context.writeAndFlush(Unpooled.wrappedBuffer(session.opening()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (deadline != null) {
                deadline.cancel();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf read = (ByteBuf) message;
            List<byte[]> replies;
            try {
                replies = session.received(read.nioBuffer());
            } finally {
                read.release();
            }
            replies.forEach(reply -> context.write(Unpooled.wrappedBuffer(reply)));
            if (session.end() == RpcSession.End.OPEN) {
                context.flush();
                return;
            }
            if (session.end() == RpcSession.End.REFUSED) {
                refused.incrementAndGet();
            }
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof RuntimeException) {
                LOG.error("A question of a program failed; this is a fault of Kairos, please report it", cause);
            }
            context.close();
        }
    }
}
