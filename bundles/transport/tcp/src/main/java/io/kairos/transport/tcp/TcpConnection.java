package io.kairos.transport.tcp;

import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.FrameSink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection: frames in, frames out.
 *
 * <p>Reading is done by the event loop of the connection, which hands packets to the core. Writing is done by whoever
 * flushes, straight into the socket; only when the socket is full does the event loop wait for it and go on.
 */
final class TcpConnection extends ChannelInboundHandlerAdapter implements FrameSink {

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    /** A packet that nobody flushed leaves after this time. */
    private static final Duration UNFLUSHED = Duration.ofMillis(2);

    /** A socket that takes nothing for this long is dead. */
    private static final Duration STALL = Duration.ofSeconds(24);

    /** Most bytes of one write: the machine copies each write into a direct buffer of that size and keeps it. */
    private static final int WRITE_BYTES = 65_536;

    /** What the event loop is given when the socket is full: little, so that stalled connections stay small. */
    private static final int BLOCKED_BYTES = 4_096;

    /** How often a flushing thread takes up what others staged meanwhile, before the event loop has to. */
    private static final int MOST_ROUNDS = 4;

    /** What a connection needs to know of the interface it belongs to. */
    interface Owner {

        /** Where packets go; {@code null} while there is no core. */
        PacketSink core();

        String name();

        /** How many bytes may wait to be sent. */
        int queueBytes();

        /** Bytes can be sent. On the event loop of the connection, before anything is read. */
        void connected(TcpConnection connection);

        /** It has ended. On the event loop of the connection, after the last packet. */
        void disconnected(TcpConnection connection);
    }

    private final DirectChannel channel;
    private final Owner owner;
    private final FrameDecoder decoder;
    private final SendQueue queue;
    private final Clock clock;
    private final Timers timers;
    private final InterfaceTally tally;
    private final AtomicBoolean sweepPending = new AtomicBoolean();

    // ---- owned by the event loop ----
    private long connectedAtNanos;
    private PacketSink burstSink;
    private ByteBuffer lentRead;
    private long malformedCounted;

    /** Counts the times the socket was full; a stall is the same time 24 seconds later. Owned by the event loop. */
    private long blockedTimes;

    private boolean blocked;

    TcpConnection(
            DirectChannel channel,
            Owner owner,
            FrameDecoder decoder,
            SendQueue queue,
            Clock clock,
            Timers timers,
            InterfaceTally tally) {
        this.channel = channel;
        this.owner = owner;
        this.decoder = decoder;
        this.queue = queue;
        this.clock = clock;
        this.timers = timers;
        this.tally = tally;
    }

    // ---- sending: any thread ----

    void send(ByteBuffer packet) {
        int bytes = packet.remaining();
        SendQueue.Outcome outcome = queue.offer(packet, owner.queueBytes());
        if (outcome == SendQueue.Outcome.DROPPED) {
            tally.droppedOutgoing();
            return;
        }
        tally.sent(bytes);
        if (outcome == SendQueue.Outcome.FIRST && !sweepPending.get() && sweepPending.compareAndSet(false, true)) {
            timers.after(UNFLUSHED, this::sweep);
        }
    }

    void flush() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            ByteBuffer taken = queue.take();
            if (taken == null) {
                return;
            }
            if (!write(taken)) {
                return;
            }
            queue.written(taken);
        }
        onLoop(this::flush);
    }

    /** Ends the connection; {@link Owner#disconnected} follows. Any thread. */
    void close() {
        channel.close();
    }

    InterfaceTally tally() {
        return tally;
    }

    DirectChannel channel() {
        return channel;
    }

    /** How long it has been up. On the event loop. */
    long lifetimeNanos() {
        return clock.nanos() - connectedAtNanos;
    }

    private void sweep() {
        sweepPending.set(false);
        flush();
    }

    /** Returns whether everything was written; otherwise somebody else goes on with {@code taken}. */
    private boolean write(ByteBuffer taken) {
        int end = taken.limit();
        try {
            while (taken.position() < end) {
                taken.limit(Math.min(end, taken.position() + WRITE_BYTES));
                if (channel.writeNow(taken) == 0) {
                    taken.limit(end);
                    onLoop(() -> waitForSocket(taken));
                    return false;
                }
            }
            return true;
        } catch (IOException gone) {
            queue.written(taken);
            channel.close();
            return false;
        }
    }

    // ---- a full socket: event loop ----

    private void waitForSocket(ByteBuffer taken) {
        blocked = true;
        long time = ++blockedTimes;
        Timers.Timer stall = timers.after(STALL, () -> onLoop(() -> closeIfStillBlocked(time)));
        int bytes = Math.min(BLOCKED_BYTES, taken.remaining());
        ByteBuf some = Unpooled.wrappedBuffer(taken.array(), taken.position(), bytes);
        taken.position(taken.position() + bytes);
        channel.writeAndFlush(some).addListener(written -> {
            stall.cancel();
            blocked = false;
            if (!written.isSuccess()) {
                queue.written(taken);
                channel.close();
            } else if (write(taken)) {
                queue.written(taken);
                flush();
            }
        });
    }

    private void closeIfStillBlocked(long time) {
        if (blocked && blockedTimes == time) {
            LOG.info(
                    "Interface {} closed a connection whose other end took nothing for {} s",
                    owner.name(),
                    STALL.toSeconds());
            channel.close();
        }
    }

    private void onLoop(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException closing) {
            channel.close();
        }
    }

    // ---- receiving: event loop ----

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connectedAtNanos = clock.nanos();
        owner.connected(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        queue.close();
        owner.disconnected(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            decoder.feed(lastRead(read), this);
        } finally {
            read.release();
        }
        countMalformed();
        PacketSink used = burstSink;
        burstSink = null;
        if (used != null && used == owner.core()) {
            guarded(used::endOfBurst);
        }
    }

    @Override
    public void packet(ByteBuffer packet) {
        PacketSink core = owner.core();
        if (core == null) {
            tally.droppedIncoming();
            return;
        }
        tally.received(packet.remaining());
        burstSink = core;
        try {
            core.received(packet);
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    /** The thread's read buffer as the decoder wants it; made anew only when the buffer is another one. */
    private ByteBuffer lastRead(ByteBuf read) {
        if (lentRead == null || lentRead.array() != read.array()) {
            lentRead = ByteBuffer.wrap(read.array());
        }
        int from = read.arrayOffset() + read.readerIndex();
        return lentRead.limit(from + read.readableBytes()).position(from);
    }

    private void countMalformed() {
        long sum = decoder.malformedFrames();
        if (sum != malformedCounted) {
            tally.malformed(sum - malformedCounted);
            malformedCounted = sum;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A connection of interface {} ends: {}", owner.name(), cause.toString());
        context.close();
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            report(fault);
        }
    }

    /** A fault of the core costs one packet, not the connection. */
    private void report(RuntimeException fault) {
        LOG.error(
                "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                owner.name(),
                fault);
    }
}
