package io.kairos.transport.local;

import io.kairos.api.time.Timers;
import io.kairos.api.transport.InterfaceTally;
import io.kairos.api.transport.PacketSink;
import io.kairos.lib.framing.FrameDecoder;
import io.kairos.lib.framing.FrameSink;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection between a program and its shared instance, seen from either side: frames in, frames out. Reading and writing are done by the event loop of the connection;
 * senders only put packets into the queue and wake it.
 */
final class ProgramConnection extends ChannelInboundHandlerAdapter implements FrameSink {

    private static final Logger LOG = LoggerFactory.getLogger(ProgramConnection.class);

    /** A packet that nobody flushed leaves after this time. */
    private static final Duration UNFLUSHED = Duration.ofMillis(2);

    /** Whoever takes nothing for this long stands still; the program makes a new connection when it goes on. */
    private static final Duration STALL = Duration.ofSeconds(60);

    /** Most bytes of one write, which the machine copies. */
    private static final int WRITE_BYTES = 65_536;

    /** Writes in a row before other connections of the same thread have their turn. */
    private static final int MOST_ROUNDS = 16;

    /** What a connection needs to know of the interface it belongs to. */
    interface Owner {

        /** Where packets go; {@code null} while there is no core. */
        PacketSink core();

        String name();

        /** How many bytes may wait to be sent. */
        int queueBytes();

        /** On the event loop, before anything is read. */
        void connected();

        /** It has ended. On the event loop, after the last packet. */
        void disconnected();
    }

    private final Channel channel;
    private final Owner owner;
    private final SendQueue queue;
    private final Timers timers;
    private final InterfaceTally tally = new InterfaceTally();
    private final FrameDecoder decoder =
            new HdlcStreamDecoder(HdlcStreamDecoder.SHORTEST_PACKET, LocalSettings.BUDGET.packetBytes());
    private final AtomicBoolean drainPending = new AtomicBoolean();
    private final AtomicBoolean sweepPending = new AtomicBoolean();

    // ---- owned by the event loop ----
    private PacketSink burstSink;
    private long malformedCounted;
    private ByteBuffer taken;

    /** Counts the times the socket was full; a stall is the same time a minute later. */
    private long blockedTimes;

    private boolean blocked;

    ProgramConnection(Channel channel, Owner owner, QueueMemory memory, Timers timers) {
        this.channel = channel;
        this.owner = owner;
        this.queue = new SendQueue(memory);
        this.timers = timers;
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
        if (drainPending.compareAndSet(false, true)) {
            onLoop(this::drain);
        }
    }

    /** Ends the connection; {@link Owner#disconnected} follows. Any thread. */
    void close() {
        channel.close();
    }

    InterfaceTally tally() {
        return tally;
    }

    Channel channel() {
        return channel;
    }

    private void sweep() {
        sweepPending.set(false);
        flush();
    }

    // ---- writing: event loop ----

    private void drain() {
        drainPending.set(false);
        if (!blocked) {
            write();
        }
    }

    private void write() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            taken = taken == null ? queue.take() : taken;
            if (taken == null) {
                return;
            }
            int bytes = Math.min(WRITE_BYTES, taken.remaining());
            ByteBuf some = Unpooled.wrappedBuffer(taken.array(), taken.position(), bytes);
            taken.position(taken.position() + bytes);
            ChannelFuture written = channel.writeAndFlush(some);
            if (!written.isDone()) {
                waitForSocket(written);
                return;
            }
            if (!isPassed(written)) {
                return;
            }
        }
        onLoop(this::drain); // others on this thread have their turn first
    }

    /** The socket is full: goes on when it has taken what it was given. */
    private void waitForSocket(ChannelFuture written) {
        blocked = true;
        long time = ++blockedTimes;
        Timers.Timer stall = timers.after(STALL, () -> onLoop(() -> closeIfStillBlocked(time)));
        written.addListener(done -> {
            stall.cancel();
            blocked = false;
            if (isPassed(written)) {
                write();
            }
        });
    }

    private boolean isPassed(ChannelFuture written) {
        boolean passed = written.isSuccess();
        if (!passed || !taken.hasRemaining()) {
            taken = null;
            queue.written();
        }
        if (!passed) {
            channel.close();
        }
        return passed;
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
        owner.connected();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        queue.close();
        owner.disconnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        try {
            decoder.feed(read.nioBuffer(), this);
        } finally {
            read.release();
        }
        countMalformed();
        PacketSink used = burstSink;
        burstSink = null;
        if (used != null && used == owner.core()) {
            try {
                used.endOfBurst();
            } catch (RuntimeException fault) {
                report(fault);
            }
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

    /** A fault of the core costs one packet, not the connection. */
    private void report(RuntimeException fault) {
        LOG.error(
                "The core failed on a packet of interface {}; this is a fault of Kairos, please report it",
                owner.name(),
                fault);
    }
}
