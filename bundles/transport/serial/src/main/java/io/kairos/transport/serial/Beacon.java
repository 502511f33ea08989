package io.kairos.transport.serial;

import io.kairos.api.time.Timers;
import io.kairos.lib.framing.Kiss;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Tells whose station this is: so long after the first packet since the last time. A station that sends nothing tells
 * nothing.
 *
 * <p>Threads: any.
 */
final class Beacon implements AutoCloseable {

    private static final int SHORTEST = 15; // and shorter than any packet, so that nobody takes it for one

    private final Tnc.BeaconText what;
    private final Timers timers;
    private final Consumer<ByteBuffer> send;
    private final byte[] frame;

    // ---- guarded by this ----
    private Timers.Timer waiting;
    private boolean closed;

    Beacon(Tnc.BeaconText what, Timers timers, Consumer<ByteBuffer> send) {
        this.what = what;
        this.timers = timers;
        this.send = send;
        this.frame = frame(what.text());
    }

    /** A frame has left, perhaps the beacon itself, which does not count. */
    synchronized void left(ByteBuffer sent) {
        if (!closed && waiting == null && sent.array() != frame) {
            waiting = timers.after(what.interval(), this::due);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (waiting != null) {
            waiting.cancel();
        }
    }

    private void due() {
        synchronized (this) {
            if (closed) {
                return;
            }
            waiting = null;
        }
        send.accept(ByteBuffer.wrap(frame));
    }

    private static byte[] frame(String text) {
        byte[] content = text.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer padded = ByteBuffer.wrap(Arrays.copyOf(content, Math.max(SHORTEST, content.length)));
        ByteBuffer out = ByteBuffer.allocate(Kiss.maximumFrameBytes(padded.remaining()));
        Kiss.encode(padded, out);
        return Arrays.copyOf(out.array(), out.position());
    }
}
