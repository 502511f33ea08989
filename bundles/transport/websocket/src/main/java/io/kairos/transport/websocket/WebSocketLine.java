package io.kairos.transport.websocket;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.time.Timers;
import io.kairos.lib.medium.FrameQueue;
import io.kairos.lib.medium.Line;
import io.kairos.lib.medium.LineEvents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * Exchanges packets over one WebSocket: each is a binary message. Asks by pings whether the other end is still there.
 *
 * <p>Threads: whoever calls {@link #run} reads, a thread of its own writes, timers look after it, any offers and closes.
 */
final class WebSocketLine implements Line {

    private static final int READ_BYTES = 16_384;
    private static final Duration MOST_IN_A_WRITE = Duration.ofSeconds(24);
    private static final long PARTING_MILLIS = 300;

    /** A WebSocket that has just been agreed on. */
    record Opened(WebStream stream, HeadReader reader) {}

    /** Makes one; {@link #close()} lets go of it at once. */
    interface Opener extends AutoCloseable {

        Opened open() throws InterruptedException;

        @Override
        void close();
    }

    /**
     * How it is used.
     *
     * @param isServer servers do not mask, and are masked for
     * @param longest most bytes of a packet with its access code
     * @param ping how often the other end is asked
     */
    record Use(String threads, boolean isServer, int longest, Duration ping) {}

    private final Opener opener;
    private final Use use;
    private final IntSupplier mostQueuedBytes;
    private final Clock clock;
    private final Timers timers;
    private final SecureRandom random = new SecureRandom();
    private final FrameQueue queue = new FrameQueue((frame, into) -> into.put(frame));

    private volatile WebStream stream;
    private volatile boolean isOpen;
    private volatile boolean isParting;
    private volatile MeshException why; // the first reason for which it was given up

    // ---- what the timer looks at ----
    private volatile long lastHeard;
    private volatile long writingSince;
    private volatile boolean isWriting;

    private boolean closed; // guarded by this

    /** @param mostQueuedBytes most bytes that wait to be sent, asked for each packet */
    WebSocketLine(Opener opener, Use use, IntSupplier mostQueuedBytes, Clock clock, Timers timers) {
        this.opener = opener;
        this.use = use;
        this.mostQueuedBytes = mostQueuedBytes;
        this.clock = clock;
        this.timers = timers;
    }

    @Override
    public void run(LineEvents events) throws InterruptedException {
        Opened opened = opener.open();
        try (WebStream open = opened.stream()) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                stream = open;
            }
            lastHeard = clock.nanos();
            Thread writer = new Thread(() -> write(open), use.threads() + "-write");
            writer.setDaemon(true);
            writer.start();
            Timers.Timer ping = timers.every(use.ping(), this::lookAfter);
            isOpen = true;
            try {
                events.up(use.isServer() ? "" : "its WebSocket is open");
                read(opened, events);
            } finally {
                isOpen = false;
                ping.cancel();
                part(writer, open);
            }
        }
        if (why != null) {
            throw why;
        }
    }

    @Override
    public boolean offer(ByteBuffer packet) {
        return isOpen && packet.remaining() <= use.longest() && offer(Frames.BINARY, packet);
    }

    private boolean offer(int opcode, ByteBuffer payload) {
        byte[] frame = Frames.encode(opcode, payload, mask());
        return queue.offer(ByteBuffer.wrap(frame), frame.length, mostQueuedBytes.getAsInt());
    }

    /** A key that nobody foresees; servers have none. */
    private int mask() {
        if (use.isServer()) {
            return 0;
        }
        int mask = random.nextInt();
        return mask == 0 ? 1 : mask;
    }

    @Override
    public void close() {
        WebStream open;
        synchronized (this) {
            closed = true;
            open = stream;
        }
        isOpen = false;
        queue.close();
        opener.close();
        if (open != null) {
            open.close();
        }
    }

    // ---- the thread that reads ----

    private void read(Opened opened, LineEvents events) {
        FrameReader frames = new FrameReader(use.isServer(), use.longest());
        FrameReader.Handler handler = handler(events);
        try {
            frames.feed(ByteBuffer.wrap(opened.reader().rest()), handler);
            events.endOfBurst();
            InputStream in = opened.stream().in();
            byte[] buffer = new byte[READ_BYTES];
            for (int count = in.read(buffer); count >= 0 && !isParting; count = in.read(buffer)) {
                lastHeard = clock.nanos();
                frames.feed(ByteBuffer.wrap(buffer, 0, count), handler);
                events.endOfBurst();
            }
        } catch (IOException e) {
            return; // it has ended; whoever ended it has said why
        } catch (FrameException e) {
            events.endOfBurst();
            events.malformed(1);
            giveUp("The other end does not keep to WebSocket: " + e.getMessage(), "It may be another program.");
            say(e.reason());
        }
    }

    private FrameReader.Handler handler(LineEvents events) {
        return new FrameReader.Handler() {
            @Override
            public void message(ByteBuffer payload) {
                if (payload.hasRemaining()) {
                    events.packet(payload);
                } else {
                    events.malformed(1);
                }
            }

            @Override
            public void ping(ByteBuffer payload) {
                offer(Frames.PONG, payload);
            }

            @Override
            public void pong() {
                // that it came is all it says, and that was noted
            }

            @Override
            public void close() {
                say(NORMAL);
            }
        };
    }

    private static final int NORMAL = 1000;

    /** The last thing that is written. */
    private void say(int reason) {
        byte[] frame = Frames.close(reason, mask());
        queue.offer(ByteBuffer.wrap(frame), frame.length, Integer.MAX_VALUE);
        isParting = true;
    }

    /** Lets the writer go, after its last word where there is one. */
    private void part(Thread writer, WebStream open) throws InterruptedException {
        if (isParting) {
            writer.join(PARTING_MILLIS);
        }
        queue.close();
        open.close();
        writer.join();
    }

    // ---- the thread that writes ----

    private void write(WebStream open) {
        try {
            for (ByteBuffer frames = queue.take(); frames != null; frames = queue.take()) {
                boolean isLast = isParting;
                writingSince = clock.nanos();
                isWriting = true;
                open.out().write(frames.array(), frames.arrayOffset() + frames.position(), frames.remaining());
                open.out().flush();
                isWriting = false;
                if (isLast) {
                    return;
                }
            }
        } catch (IOException e) {
            open.close(); // the reading thread sees its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // ---- timers ----

    private void lookAfter() {
        long now = clock.nanos();
        if (isWriting && now - writingSince > MOST_IN_A_WRITE.toNanos()) {
            giveUp(
                    "The other end has taken nothing for %d s".formatted(MOST_IN_A_WRITE.toSeconds()),
                    "Its way is too slow or gone. The connection is made again by itself.");
        } else if (now - lastHeard > use.ping().multipliedBy(2).plusSeconds(5).toNanos()) {
            giveUp(
                    "Nothing has come for %d s".formatted((now - lastHeard) / 1_000_000_000),
                    "Check that the other node runs. The connection is made again by itself.");
        } else {
            offer(Frames.PING, ByteBuffer.allocate(0));
            return;
        }
        WebStream open = stream;
        if (open != null) {
            open.close();
        }
    }

    private void giveUp(String message, String remedy) {
        if (why == null) {
            why = new MeshException(Failure.Kind.PEER, message, remedy);
        }
    }
}
