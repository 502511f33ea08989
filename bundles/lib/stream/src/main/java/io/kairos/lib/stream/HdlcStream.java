package io.kairos.lib.stream;

import io.kairos.api.failure.Failure;
import io.kairos.api.failure.MeshException;
import io.kairos.api.time.Clock;
import io.kairos.api.transport.Reading;
import io.kairos.lib.framing.FrameSink;
import io.kairos.lib.framing.Hdlc;
import io.kairos.lib.framing.HdlcStreamDecoder;
import io.kairos.lib.medium.FrameQueue;
import io.kairos.lib.medium.LineEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Exchanges packets over one stream: HDLC frames, each with both flags; empty ones keep it alive.
 *
 * <p>Read is with the decoder of streams, where a flag ends one frame and may begin the next: it reads what the toggling
 * decoder of Reticulum's I2P interfaces reads, and one stray flag does not turn it inside out (decision 61).
 *
 * <p>Threads: whoever calls {@link #run} reads, a thread of its own writes, any offers and closes.
 */
public final class HdlcStream implements AutoCloseable {

    private static final int READ_BYTES = 16_384;
    private static final ByteBuffer EMPTY = ByteBuffer.wrap(new byte[0]);

    /**
     * What a stream takes.
     *
     * @param shortest fewest bytes of a packet
     * @param longest most bytes of a packet with its access code
     * @param queueBytes most bytes that wait to be sent
     */
    public record Limits(int shortest, int longest, int queueBytes) {}

    private final String name;
    private final Limits limits;
    private final Silence silence;
    private final Clock clock;
    private final FrameQueue queue = new FrameQueue(Hdlc::encode);

    // ---- written by the writing thread ----
    private volatile long writeBegan;
    private volatile long lastWrite;
    private volatile boolean isWriting;

    private volatile long lastRead; // written by the reading thread
    private volatile boolean isOpen;

    /** @param name begins the name of the writing thread */
    public HdlcStream(String name, Limits limits, Silence silence, Clock clock) {
        this.name = name;
        this.limits = limits;
        this.silence = silence;
        this.clock = clock;
    }

    /** Queues one packet; false where it does not fit or nothing is open. */
    public boolean offer(ByteBuffer packet) {
        int bytes = packet.remaining();
        return isOpen
                && bytes <= limits.longest()
                && queue.offer(packet, Hdlc.maximumFrameBytes(bytes), limits.queueBytes());
    }

    /** How long nothing has come, {@code silent} in seconds; empty while it is not open. Threads: any. */
    public List<Reading> readings() {
        long seconds = Duration.ofNanos(clock.nanos() - lastRead).toSeconds();
        return isOpen ? List.of(new Reading("silent", seconds, "s")) : List.of();
    }

    /**
     * Says that the stream is up, reads it until it ends, and closes it.
     *
     * @throws MeshException where it was given up because of silence
     */
    public void run(ByteStream stream, LineEvents events, String news) throws MeshException, InterruptedException {
        lastWrite = clock.nanos();
        lastRead = lastWrite;
        Thread writer = new Thread(() -> write(stream), name + "-write");
        writer.setDaemon(true);
        writer.start();
        isOpen = true;
        try {
            events.up(news);
            read(stream, events);
        } finally {
            close();
            stream.close();
            writer.join();
        }
    }

    /** Forgets what waits; {@link #run} ends when its stream is closed. */
    @Override
    public void close() {
        isOpen = false;
        queue.close();
    }

    private void read(ByteStream stream, LineEvents events) {
        HdlcStreamDecoder decoder =
                new HdlcStreamDecoder(limits.shortest(), Math.max(limits.longest(), HdlcStreamDecoder.ALWAYS_TAKEN));
        SilenceMachine watch = new SilenceMachine(silence, clock.nanos());
        FrameSink packets = events::packet;
        byte[] buffer = new byte[READ_BYTES];
        long malformed = 0;
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                if (count > 0) {
                    lastRead = clock.nanos();
                    watch.heard(lastRead);
                    decoder.feed(ByteBuffer.wrap(buffer, 0, count), packets);
                    events.endOfBurst();
                    long now = decoder.malformedFrames();
                    if (now != malformed) {
                        events.malformed(now - malformed);
                        malformed = now;
                    }
                }
                act(watch.look(clock.nanos(), lastWrite, isWriting, writeBegan));
            }
        } catch (IOException e) {
            return; // the stream has ended; that it did is all there is to say
        }
    }

    private void act(SilenceMachine.Action action) {
        switch (action) {
            case SEND_KEEPALIVE -> queue.offer(EMPTY.duplicate(), 2, Integer.MAX_VALUE);
            case GIVE_UP_SILENT ->
                throw new MeshException(
                        Failure.Kind.PEER,
                        "Nothing has come for %d s".formatted(silence.dead().toSeconds()),
                        "Check that the other node runs. The connection is made again by itself.");
            case GIVE_UP_STALLED ->
                throw new MeshException(
                        Failure.Kind.PEER,
                        "The other end has taken nothing for %d s"
                                .formatted(silence.stall().toSeconds()),
                        "Its way is too slow or gone. The connection is made again by itself.");
            case TELL_STALE, NOTHING -> {}
        }
    }

    private void write(ByteStream stream) {
        try {
            for (ByteBuffer frames = queue.take(); frames != null; frames = queue.take()) {
                writeBegan = clock.nanos();
                isWriting = true;
                stream.write(frames.array(), frames.arrayOffset() + frames.position(), frames.remaining());
                lastWrite = clock.nanos();
                isWriting = false;
            }
        } catch (IOException e) {
            stream.close(); // the reading thread sees its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
