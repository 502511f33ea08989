package io.kairos.lib.framing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decodes HDLC frames as Reticulum's TCP, backbone and local interfaces do: everything between two flags is a frame,
 * and the flag that ends one frame may begin the next. Empty frames are keepalives; bytes before the first flag are
 * skipped.
 *
 * <p>A packet that lies wholly in what is fed is handed out where it lies, unescaped in place; only one that is cut by
 * the end of a read is copied, still escaped, until its rest arrives. More than twice the largest packet is not kept:
 * that can be no packet any more.
 */
public final class HdlcStreamDecoder implements FrameDecoder {

    /** Shortest frame that Reticulum's stream interfaces let pass, in bytes: a header and one byte. */
    public static final int SHORTEST_PACKET = 20;

    /**
     * Packets up to this length are taken from every stream. Reticulum's stream interfaces do not compare what arrives
     * with their packet size at all; something has to bound what a stranger makes a node keep.
     */
    public static final int ALWAYS_TAKEN = 8_192;

    private static final int FIRST_CAPACITY = 2048;
    private static final int STAGING = 16_384;

    private final int minimum;
    private final int maximum;
    private final AtomicLong malformed = new AtomicLong();

    // ---- owned by the feeding thread ----
    private final LentBuffer lentRead = new LentBuffer();
    private final LentBuffer lentCut = new LentBuffer();
    private boolean inFrame;
    private byte[] cut = {};
    private int cutLength;
    private ByteBuffer staging = ByteBuffer.allocate(0);

    /**
     * Makes a decoder.
     *
     * @param minimum shortest packet in bytes, at least 1; usually {@link #SHORTEST_PACKET}
     * @param maximum longest packet in bytes: the interface's packet size and its access code
     */
    public HdlcStreamDecoder(int minimum, int maximum) {
        if (minimum < 1 || maximum < minimum || maximum > FrameDecoder.LARGEST_PACKET) {
            throw new IllegalArgumentException("not a range of packet lengths: %d to %d".formatted(minimum, maximum));
        }
        this.minimum = minimum;
        this.maximum = maximum;
    }

    /**
     * A decoder for what arrives on an interface.
     *
     * @param longest the interface's packet size and its access code, in bytes
     */
    public static HdlcStreamDecoder forInterface(int longest) {
        return new HdlcStreamDecoder(SHORTEST_PACKET, Math.max(longest, ALWAYS_TAKEN));
    }

    @Override
    public void feed(ByteBuffer in, FrameSink sink) {
        if (in.hasArray()) {
            feedHeap(in, sink);
            return;
        }
        if (staging.capacity() == 0) {
            staging = ByteBuffer.allocate(STAGING);
        }
        while (in.hasRemaining()) {
            staging.clear();
            staging.limit(Math.min(in.remaining(), STAGING));
            in.get(staging.array(), 0, staging.limit());
            feedHeap(staging, sink);
        }
    }

    @Override
    public void reset() {
        inFrame = false;
        cutLength = 0;
    }

    @Override
    public long malformedFrames() {
        return malformed.get();
    }

    private void feedHeap(ByteBuffer in, FrameSink sink) {
        byte[] bytes = in.array();
        int origin = in.arrayOffset();
        int end = origin + in.limit();
        int from = origin + in.position();
        while (from < end) {
            int flag = ByteStuffing.indexOf(Hdlc.FLAG, bytes, from, end);
            if (flag == end) {
                in.position(in.limit());
                keep(bytes, from, end);
                return;
            }
            in.position(flag + 1 - origin);
            endFrame(bytes, from, flag, sink);
            from = flag + 1;
        }
    }

    /** A flag was found; {@code bytes[from, to)} is what came before it in this read. */
    private void endFrame(byte[] bytes, int from, int to, FrameSink sink) {
        if (inFrame && cutLength == 0) {
            deliver(lentRead, bytes, from, to, sink);
        } else if (inFrame && keep(bytes, from, to)) {
            int length = cutLength;
            cutLength = 0;
            deliver(lentCut, cut, 0, length, sink);
        }
        inFrame = true;
    }

    private void deliver(LentBuffer lent, byte[] bytes, int from, int to, FrameSink sink) {
        if (from == to) {
            return;
        }
        int length = Hdlc.STUFFING.unstuff(bytes, from, to) - from;
        if (length < minimum || length > maximum) {
            malformed.incrementAndGet();
        } else {
            sink.packet(lent.over(bytes, from, length));
        }
    }

    /** Adds to the frame that is cut; false where it has become too long and is given up. */
    private boolean keep(byte[] bytes, int from, int to) {
        int added = to - from;
        if (!inFrame || added == 0) {
            return inFrame;
        }
        if (added > 2 * maximum - cutLength) {
            reset();
            malformed.incrementAndGet();
            return false;
        }
        int needed = cutLength + added;
        if (needed > cut.length) {
            int grown = Math.max(FIRST_CAPACITY, Math.max(needed, 2 * cut.length));
            cut = Arrays.copyOf(cut, Math.min(grown, 2 * maximum));
        }
        System.arraycopy(bytes, from, cut, cutLength, added);
        cutLength = needed;
        return true;
    }
}
