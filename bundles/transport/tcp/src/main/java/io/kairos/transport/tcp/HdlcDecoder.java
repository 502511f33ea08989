package io.kairos.transport.tcp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The stream decoder of HDLC frames: flags {@code 7E} around each frame, {@code 7D 5E} for {@code 7E} and {@code 7D 5D} for
 * {@code 7D} inside. The end flag of a frame may be the first of the next; other escapes are taken as they stand.
 *
 * <p>A frame that lies within one read is unescaped where it lies; only what a read cuts off is copied.
 */
final class HdlcDecoder implements FrameDecoder {

    private static final byte FLAG = 0x7E;
    private static final byte ESCAPE = 0x7D;
    private static final byte MASK = 0x20;
    private static final byte[] NOTHING = {};

    /** Frames of this length and less are no packets. */
    private static final int TOO_SHORT = 19;

    /** A kept array up to this size stays for the next unfinished frame. */
    private static final int SMALL = 2_048;

    private final int longest;

    private boolean inFrame;
    private byte[] kept = NOTHING;
    private int keptBytes;
    private ByteBuffer lent = ByteBuffer.wrap(NOTHING);

    /** @param longest most bytes of a packet, with its access code */
    HdlcDecoder(int longest) {
        this.longest = longest;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, Receiver receiver) {
        int start = from;
        for (int at = indexOfFlag(bytes, from, to); at < to; at = indexOfFlag(bytes, start, to)) {
            if (inFrame) {
                finish(bytes, start, at, receiver);
            }
            inFrame = true;
            start = at + 1;
        }
        if (inFrame && start < to) {
            keep(bytes, start, to, receiver);
        }
    }

    private static int indexOfFlag(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != FLAG) {
            at++;
        }
        return at;
    }

    private void finish(byte[] bytes, int start, int end, Receiver receiver) {
        if (keptBytes == 0) {
            hand(bytes, start, end, receiver);
            return;
        }
        if (!fits(end - start)) {
            forget();
            receiver.malformed();
            return;
        }
        append(bytes, start, end);
        byte[] frame = kept;
        int length = keptBytes;
        forget();
        hand(frame, 0, length, receiver);
    }

    private void hand(byte[] bytes, int start, int end, Receiver receiver) {
        if (start == end) {
            return; // two flags in a row keep the line alive
        }
        int length = unescape(bytes, start, end);
        if (length <= TOO_SHORT || length > longest) {
            receiver.malformed();
            return;
        }
        if (lent.array() != bytes) {
            lent = ByteBuffer.wrap(bytes);
        }
        receiver.packet(lent.limit(start + length).position(start));
    }

    /** Returns the length of what is then at {@code start}. */
    private static int unescape(byte[] bytes, int start, int end) {
        int from = start;
        while (from < end && bytes[from] != ESCAPE) {
            from++;
        }
        int to = from;
        while (from < end) {
            byte next = bytes[from++];
            if (next == ESCAPE && from < end && isEscaped(bytes[from])) {
                next = (byte) (bytes[from++] ^ MASK);
            }
            bytes[to++] = next;
        }
        return to - start;
    }

    private static boolean isEscaped(byte value) {
        return value == (FLAG ^ MASK) || value == (ESCAPE ^ MASK);
    }

    private void keep(byte[] bytes, int start, int end, Receiver receiver) {
        if (!fits(end - start)) {
            forget();
            inFrame = false; // what follows is nothing until the next flag
            receiver.malformed();
            return;
        }
        append(bytes, start, end);
    }

    /** An unfinished frame may be twice as long as a packet: every byte of it may be escaped. */
    private boolean fits(int more) {
        return keptBytes + more <= 2 * longest;
    }

    private void append(byte[] bytes, int start, int end) {
        int needed = keptBytes + end - start;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(Math.max(needed, Math.max(512, 2 * kept.length)), 2 * longest));
        }
        System.arraycopy(bytes, start, kept, keptBytes, end - start);
        keptBytes = needed;
    }

    private void forget() {
        keptBytes = 0;
        if (kept.length > SMALL) {
            kept = NOTHING;
            lent = ByteBuffer.wrap(NOTHING);
        }
    }
}
