package io.kairos.core.link.resource;

import io.kairos.lib.wire.HashmapUpdate;
import io.kairos.lib.wire.PartRequest;
import io.kairos.lib.wire.ResourceAdvertisement;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Receives the parts of one segment: asks for some, takes them, asks for the next. Knows no packets, threads or clocks;
 * what it wants is said to {@link Out}.
 *
 * <p>It asks for a window of parts at a time and grows the window while the link is fast (docs/protocol/resource.md). Parts
 * may come in any order, twice or not at all; those that were asked for in an earlier round still count, those that were
 * never asked for do not.
 *
 * <p>Times are nanoseconds of the monotonic clock. Owned by the mailbox of its link.
 */
final class ReceiverMachine {

    /** An offer that was under way together with a request is no reason to ask twice. */
    private static final long UNHEARD_NANOS = 200_000_000L;

    /** What the machine asks its surroundings to do. */
    interface Out {

        /** Sends a request; tells how many bytes its packet has. */
        int request(PartRequest request);

        /** All parts are there; told once. */
        void complete();

        /** It gives up; told once. The other end does not know yet. */
        void failed();
    }

    private final byte[] segmentHash;
    private final byte[] stream;
    private final int partBytes;
    private final PartHashes hasher;
    private final int[] hashes;
    private final Window window;
    private final PartPace pace;
    private final Out out;
    private final BitSet have;
    private final BitSet asked = new BitSet();
    private int knownHashes;
    private int received;
    private int firstMissing;
    private int askedEnd;
    private int outstanding;
    private boolean waitingForHashes;
    private boolean ended;
    private int retriesLeft = PartPace.RETRIES;
    private long lastActivity;

    /**
     * @param offer what is received; its stream is at most three segment sizes
     * @param partBytes bytes of one part on this link
     * @param window how fast to begin
     * @param linkRoundTrip seconds
     * @param expectedBits bits per second to expect before anything was measured
     */
    ReceiverMachine(
            ResourceAdvertisement offer,
            int partBytes,
            Window window,
            double linkRoundTrip,
            double expectedBits,
            Out out) {
        this.segmentHash = offer.hash();
        this.stream = new byte[offer.streamBytes()];
        this.partBytes = partBytes;
        this.hasher = new PartHashes(offer.random());
        this.hashes = new int[(stream.length + partBytes - 1) / partBytes];
        this.have = new BitSet(hashes.length);
        this.window = window;
        this.pace = new PartPace(partBytes, linkRoundTrip, expectedBits);
        this.out = out;
        learn(0, offer.partHashes());
    }

    byte[] segmentHash() {
        return segmentHash;
    }

    /** The stream, whole when {@link Out#complete} has been told. */
    byte[] stream() {
        return stream;
    }

    int parts() {
        return hashes.length;
    }

    int receivedParts() {
        return received;
    }

    Window window() {
        return window;
    }

    /** Measured bytes per second; 0 while unknown. */
    double bytesPerSecond() {
        return pace.bytesPerSecond();
    }

    void start(long now) {
        lastActivity = now;
        request(now);
    }

    void cancel() {
        ended = true;
    }

    /**
     * The segment is offered once more although it is being received: the sender has not heard a request. It may have been
     * lost, and a sender that offers before it is ready to answer ignores a request that comes too soon. Our own time-out
     * may be much longer than the sender's patience, because either end has its own idea of the round-trip time.
     */
    void offeredAgain(long now) {
        if (!ended && received == 0 && now - pace.requestedAt() >= UNHEARD_NANOS) {
            waitingForHashes = false;
            request(now);
        }
    }

    private void learn(int block, byte[] packed) {
        int from = block * ResourceAdvertisement.HASHES;
        ByteBuffer in = ByteBuffer.wrap(packed);
        for (int i = from; i < hashes.length && in.remaining() >= Integer.BYTES; i++) {
            int hash = in.getInt();
            if (i >= knownHashes) {
                hashes[i] = hash;
                knownHashes = i + 1;
            }
        }
    }

    private void request(long now) {
        if (waitingForHashes || ended) {
            return;
        }
        if (knownHashes == 0) {
            fail();
            return;
        }
        int end = Math.min(hashes.length, firstMissing + window.size());
        int[] wanted = new int[end - firstMissing];
        boolean exhausted = false;
        outstanding = 0;
        asked.clear();
        for (int part = firstMissing; part < end && !exhausted; part++) {
            if (part >= knownHashes) {
                exhausted = true;
            } else if (!have.get(part)) {
                asked.set(part);
                askedEnd = Math.max(askedEnd, part + 1);
                wanted[outstanding++] = hashes[part];
            }
        }
        waitingForHashes = exhausted;
        int[] exact = Arrays.copyOf(wanted, outstanding);
        lastActivity = now;
        pace.requesting(now);
        pace.requestSent(out.request(new PartRequest(segmentHash, exhausted, hashes[knownHashes - 1], exact)));
    }

    /**
     * A part of some resource on this link has arrived.
     *
     * @param packetBytes bytes of the whole packet
     * @return whether it belongs to this one
     */
    boolean part(byte[] in, int offset, int length, int packetBytes, long now) {
        if (ended || length > partBytes) {
            return false;
        }
        int part = find(hasher.of(in, offset, length), length);
        if (part < 0) {
            return false;
        }
        lastActivity = now;
        retriesLeft = PartPace.RETRIES;
        if (have.get(part)) {
            return true;
        }
        System.arraycopy(in, offset, stream, part * partBytes, length);
        have.set(part);
        received++;
        firstMissing = have.nextClearBit(firstMissing);
        if (asked.get(part)) {
            outstanding--;
        }
        pace.received(packetBytes, window, now);
        if (received == hashes.length) {
            ended = true;
            out.complete();
        } else if (outstanding == 0 && !waitingForHashes) {
            pace.roundFinished(window, now);
            request(now);
        }
        return true;
    }

    private int find(int hash, int length) {
        int from = Math.max(0, firstMissing - PartHashes.UNIQUE / 2);
        int end = Math.min(askedEnd, from + PartHashes.UNIQUE);
        for (int part = from; part < end; part++) {
            if (hashes[part] == hash && length == Math.min(partBytes, stream.length - part * partBytes)) {
                return part;
            }
        }
        return -1;
    }

    /** More hashes have arrived; ignored unless they were asked for. */
    void update(HashmapUpdate update, long now) {
        if (ended || !waitingForHashes) {
            return;
        }
        long from = (long) update.block() * ResourceAdvertisement.HASHES;
        if (from > knownHashes) {
            return; // a gap before it: not what was asked for
        }
        if (update.partHashes().length == 0) {
            fail();
            return;
        }
        learn(update.block(), update.partHashes());
        lastActivity = now;
        retriesLeft = PartPace.RETRIES;
        waitingForHashes = false;
        request(now);
    }

    /** When {@link #tick} has something to do. */
    long deadline() {
        if (ended) {
            return Long.MAX_VALUE;
        }
        boolean hashesDue = waitingForHashes || outstanding == 0;
        return lastActivity + pace.patience(outstanding, hashesDue, retriesLeft);
    }

    /** Time has passed. */
    void tick(long now) {
        if (ended || now - deadline() < 0) {
            return;
        }
        if (retriesLeft == 0) {
            fail();
            return;
        }
        window.timedOut();
        retriesLeft--;
        waitingForHashes = false;
        request(now);
    }

    private void fail() {
        if (!ended) {
            ended = true;
            out.failed();
        }
    }
}
